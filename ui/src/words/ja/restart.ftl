restart-open = Inkanを再起動する
restart-title = Inkanを再起動してもよろしいですか
restart-what = ログインしています。再起動すると、ログアウトします。
