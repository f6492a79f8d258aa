# プロキシ
proxy-title = プロキシ
proxy-system = システムの設定を使う
proxy-manual = 手動で設定する
proxy-none = 使わない
proxy-host = プロキシの名前
proxy-port = ポート番号
proxy-user = ユーザー名
proxy-user-hint = プロキシが求めないときは、空のままにしてください。パスワードは、必要になったときにお尋ねします。
proxy-exceptions = プロキシを通さない相手
proxy-exceptions-hint = コンマで区切ります。
proxy-keep = 設定する
proxy-kept = 設定しました。次の接続から使います。
proxy-password = パスワード
proxy-password-hint = 保存しません。このアプリを閉じるまで覚えています。
proxy-login-title = プロキシのユーザー名とパスワード
proxy-login-what = 会社のネットワークのプロキシ { $proxy } が、だれが使うのかを確かめています。入力すると、そのまま続きます。
proxy-login-refused = ユーザー名かパスワードが違うため、通れませんでした。
proxy-login-submit = 続ける

# 証明書の保管場所
stores-title = 証明書の保管場所
store-native = このパソコンの標準の場所
store-nss = ブラウザーなどの保管場所
store-device = カードなどの専用の装置
stores-fixed = 保管場所は、起動するときに決められています。
stores-later = 次に起動したときから、選んだ場所を使います。

# 覚えていること
remembered-title = 覚えていること
remembered-nothing = 覚えていることはありません。
remembered-used = { $bank }では、前回 { $name } でログインしました
remembered-refused = { $name } は、銀行で使えませんでした（{ $reason }）
remembered-gone = いまはない証明書 { $head }…
remembered-forget = 忘れる
remembered-forget-this = 「{ $what }」を忘れる
remembered-forgotten = 忘れました。
remembered-undo = 元に戻す

# 問い合わせ用の記録
report-section = お問い合わせ
report-section-what = このパソコンの状態と最近の動きをまとめて、お問い合わせ先に渡せます。
report-make = 問い合わせ用の記録を作る
report-title = 問い合わせ用の記録
report-lead = このパソコンの状態と最近の動きをまとめました
report-read-it = パスワード、お名前、会社名、ログインIDは伏せてあります。内容を確かめてから、保存するかコピーしてお渡しください。
report-busy = 記録を作っています。銀行へのつながりも確かめます。
report-save = 保存する
report-save-title = 問い合わせ用の記録を保存
report-saved = { $file } に保存しました。
report-copy = コピーする
