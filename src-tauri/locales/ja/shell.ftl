# お知らせ
reminder-today = { $name } の電子証明書は、今日で使えなくなります
reminder-tomorrow = { $name } の電子証明書は、明日で使えなくなります
reminder-days = { $name } の電子証明書は、あと{ $days }日で使えなくなります
reminder-until = { $date }まで使えます。早めに新しい電子証明書を用意してください。
reminder-open = 電子証明書を見る
reminder-more = ほかに{ $count }件の電子証明書が、まもなく使えなくなります
reminder-more-text = 早めに新しい電子証明書を用意してください。
reminder-more-open = 一覧を見る

# 入力欄のメニュー
menu-cut = 切り取り
menu-copy = コピー
menu-paste = 貼り付け
menu-select-all = すべて選択

# 通知領域のメニュー
tray-open = 開く
tray-log-in = ログインする
tray-quit = 終了する
