# ログインから、トップページまで

entrances-name = ログインの種類
contract-digits = { $digits }桁の数字です。
approval-password = 承認用パスワード
transfer-password = 都度振込送信確認用パスワード

banks-interrupted = 取得が途中です

# 画面のキーボード
keyboard-open = 画面のキーボードで入力する
keyboard-name = { $label }を入力するキーボード
keyboard-capitals = 大文字
keyboard-erase = 1文字削除
keyboard-clear = すべて削除
keyboard-count = { $count }文字入力しました

# 使えない証明書からの出口
next-step-entrance = { $entrance }に切り替える
next-step-bank = その銀行を開く
next-step-acquire-this = { $name } の電子証明書を取得する

# 取得
acquire-next = 次へ
acquire-go-on = 続きから取得する
acquire-stop = 中断する
acquire-stopping = 中断しています
acquire-stopped = 取得を中断しました。ここまでの内容は残っています。いつでも続きから取得できます。
acquire-stopped-early = 取得を中断しました。まだ何も始まっていません。
acquire-old = 前の { $name } の電子証明書（{ $date }まで）が、このパソコンに残っています。
acquire-old-open = 確かめて削除する
proof-title = ワンタイムパスワードを入力してください
proof-lead = ハードトークンに表示されている数字で、ご本人であることを確かめます
proof-otp-hint = トークンをお持ちでない管理者の方は、空欄のままお進みください。
proof-without-token = トークンの利用開始登録が、まだ済んでいません
proof-back = 入力し直す

# ハードトークンの利用開始登録
token-title = ハードトークンの利用開始登録
token-lead = ハードトークンに記載されているシリアル番号とワンタイムパスワードを入力のうえ、「{ $submit }」ボタンを押してください
token-date = トークンの裏面の有効期限が「{ $engraved }」（{ $date }）以降であることを確認してください。
token-serial = シリアル番号
token-serial-hint = トークンの裏面上部に記載された8桁から12桁の番号です。
token-otp = ワンタイムパスワード
token-otp-hint = トークンの液晶部分に表示されている{ $digits }桁の数字です。
token-otp-now = いま表示されているワンタイムパスワード
token-otp-next = 次に表示されるワンタイムパスワード
token-otp-next-hint = 表示が変わるまでお待ちください。2つの数字で、トークンの時刻を合わせます。
token-submit = 認証確認
token-skip = あとで登録する
token-skip-named = { $name }の省略
token-skip-what = お手持ちのハードトークンが働いていない場合や、まだ利用開始登録を行わない場合は、登録しなくても先へ進めます。次にログインしたときに、もう一度ご案内します。
token-offered = ハードトークンの利用開始登録が、まだ済んでいません。
token-open = 登録する
token-waits = 新しいハードトークンは、{ $from }から利用開始登録ができます。
token-expired-note = ハードトークンの有効期限が切れています。{ $roles }に失効を依頼し、新しいトークンの利用開始登録をしてください。
token-locked-note = ハードトークンがロックされています。管理者にロックの解除を依頼してください。

# パスワード
change-lead-first = 先へ進む前に、新しいパスワードを決めてください
rule-exact-length = { $min }文字

# トップ
frame-bank-code = 金融機関
frame-this-login = 今回のログイン
frame-last-login = 前回のログイン
top-login-unknown-open = 対処のしかたを見る
unknown-login-title = お心当たりのないログインがあるとき
unknown-login-password = すぐに{ $password }を変更してください。ほかの場所でのログインは終了します。
unknown-login-revoke = お心当たりのない電子証明書を失効し、必要に応じてご契約を停止してください。
unknown-login-ask = 電子証明書の失効と、ご契約の停止を依頼してください。
unknown-login-branch = { $branch }へお電話ください。{ $telephone }（{ $hours }）
unknown-login-change = パスワードを変更する
unknown-login-users = 利用者の管理を開く
