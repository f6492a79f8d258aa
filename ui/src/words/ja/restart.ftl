restart-open = Inkanを再起動する
restart-title = Inkanを再起動しますか
restart-what = ログインしています。再起動すると、ログアウトします。
