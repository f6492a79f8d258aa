# プロキシ
proxy-title = プロキシ
proxy-system = システムの設定を使う
proxy-manual = 手動で設定する
proxy-none = 使わない
proxy-host = プロキシの名前
proxy-port = ポート番号
proxy-user = ユーザー名
proxy-user-hint = プロキシが求めないときは、空欄のままにしてください。パスワードは、必要になったときにお尋ねします。
proxy-exceptions = プロキシを通さない相手
proxy-exceptions-hint = コンマで区切って入力します。
proxy-keep = 保存する
proxy-kept = 保存しました。次の接続から使います。
proxy-password = パスワード
proxy-password-hint = 保存しません。このアプリを閉じるまで使います。
proxy-login-title = プロキシのユーザー名とパスワード
proxy-login-what = 会社のネットワークのプロキシ { $proxy } が、だれが使うのかを確かめています。入力すると、操作を続けられます。
proxy-login-refused = ユーザー名かパスワードが違うため、接続できませんでした。
proxy-login-submit = 続ける

# 証明書の保管場所
stores-title = 電子証明書の保管場所
store-native = このパソコンの標準の場所
store-nss = ブラウザーなどの保管場所
store-device = カードなどの専用の装置
stores-fixed = 保管場所は、起動するときに決められています。
stores-later = 次に起動したときから、選んだ場所を使います。

# 覚えていること
remembered-title = アプリに残る記録
remembered-nothing = 記録はありません。
remembered-used = { $bank }では、前回 { $name } でログインしました
remembered-refused = { $name } は、銀行で使えませんでした（{ $reason }）
remembered-gone = このパソコンにない電子証明書 { $head }…
remembered-forget = 記録を消す
remembered-forget-this = 「{ $what }」の記録を消す
remembered-forgotten = 記録を消しました。
remembered-undo = 元に戻す

# 問い合わせ用の記録
report-section = お問い合わせ
report-section-what = このパソコンの状態と最近の動きをまとめて、お問い合わせ先に渡せます。
report-make = お問い合わせ用の記録を作る
report-title = お問い合わせ用の記録
report-lead = このパソコンの状態と最近の動きをまとめました
report-read-it = パスワード、お名前、会社名、ログインIDは伏せてあります。内容を確かめてから、保存するかコピーしてお渡しください。
report-busy = 記録を作っています。銀行への接続も確かめます。
report-save = 保存する
report-save-title = お問い合わせ用の記録を保存
report-saved = { $file } に保存しました。
report-copy = コピーする
