# 困ったときのボタン

copy = コピー
copied = コピーしました
copy-failed = コピーできませんでした
problem-session-in-doubt = 銀行ではログインが済んでいるかもしれません。その場合も、操作がないまま一定の時間が過ぎると、自動でログアウトされます。
problem-who = 対応する方：{ $who }
problem-system = システムのエラー：{ $name }（{ $number }）
problem-reference = お問い合わせ番号：{ $reference }
problem-copy-reference = お問い合わせ番号
problem-again = もう一度試す
problem-tell = 問い合わせる内容をコピー
problem-tell-administrator = 管理者に伝える内容をコピー
problem-tell-branch = お取引店に伝える内容をコピー
problem-report-service = サービス：{ $service }
problem-report-user = ログインID：{ $user }
problem-report-at = 日時：{ $at }
problem-to-acquire = 電子証明書を取得する
problem-to-add-bank = 銀行を登録する
problem-to-certificates = 電子証明書の一覧を見る
problem-to-change-passwords = パスワードを変更する
problem-to-change-pc = パソコンの変更の手順を見る
problem-to-choose = 別の電子証明書を選ぶ
problem-to-login = ログインする
problem-to-settings = 設定を開く
problem-to-token = 利用開始登録をする
