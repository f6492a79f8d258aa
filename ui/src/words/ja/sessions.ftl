# ログイン中のパソコン
sessions-open = ログイン中のパソコンを見る
sessions-title = ログイン中のパソコン
sessions-lead = ご自身のIDで、いまログインしているところです
sessions-this = いまの画面
sessions-others = ほかのログイン { $count }件
sessions-none = ほかにログインしているところはありません。
sessions-begun = { $at }にログイン
sessions-used = 最後の操作 { $at }
sessions-address = 接続元 { $address }
sessions-no-address = 接続元は不明です
sessions-serial = シリアル番号 { $serial }
sessions-end = ログアウトさせる
sessions-end-this = { $at }のログインをログアウトさせる
sessions-end-others = ほかをすべてログアウトさせる
sessions-ending = ログアウトさせています
sessions-ended = { $count }件をログアウトさせました。お心当たりのないログインだったときは、パスワードも変えてください。
sessions-change = パスワードを変える
