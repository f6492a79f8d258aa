# 点検。このパソコンで銀行を使えるかを調べます。

nav-doctor = パソコンの点検
doctor-title = このパソコンで使えますか
doctor-lead = 電子証明書の保管場所、鍵、通信、時計を調べます
doctor-lead-bank = { $bank }を使えるかを、1つずつ調べます
doctor-running = 調べています。{ $count }項目が済みました。
doctor-busy = 調べています
doctor-again = もう一度調べる
doctor-fit = このパソコンで使えます。
doctor-fit-but = このパソコンで使えます。念のため、次の点を確かめてください。
doctor-unfit = このままでは使えません。次の点を直してください。
doctor-wrong = 確かめる点
doctor-right = 問題のない点
doctor-level-ok = 問題ありません
doctor-level-warning = 注意
doctor-level-problem = 要対応
doctor-change-pc = 取得し直す手順を見る
doctor-certificate = この電子証明書を見る
doctor-settings = 設定を開く
problem-to-doctor = このパソコンを点検する
