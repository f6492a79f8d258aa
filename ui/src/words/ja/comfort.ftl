# 入力のしかた
field-empty = 入力してください。
field-malformed = 入力した文字を確かめてください。
choice-empty = どれか一つを選んでください。
again-password = 新しいパスワード（もう一度）
again-open = 同じものをもう一度入力してください。
again-same = 同じです。
again-differs = 上のパスワードと違います。
tries-failed = この画面で{ $count }回まちがえました。続けて{ $limit }回まちがえると、ロックされます。
login-give-up = 待つのをやめる
login-given-up = ログインを取りやめました。
address-fault = { $title }。{ $next }

# 保存していない変更
leave-title = 変更を保存していません
leave-what = このページを離れると、入力した内容は失われます。
leave-stay = このページに残る
leave-agree = 保存せずに離れる

# 見た目
settings-theme = 画面の色
theme-system = システムに合わせる
theme-light = 明るい
theme-dark = 暗い

# はじめに
welcome-import = 電子証明書のファイルを受け取っているときは
