# このパソコンにある電子証明書
certificates-usable = 使えるもの（{ $count }件）
certificates-others = 使えないもの（{ $count }件）とその理由
certificates-search = ログインID、お名前、シリアル番号で探す
certificates-matches = { $count }件見つかりました
certificates-no-match = あてはまる電子証明書はありません。言葉を短くして、もう一度探してください。

fact-renewal = 更新
fact-last-login = 最後のログイン
renewal-from = { $date }から更新できます
last-login-never = このパソコンからのログインは、まだありません
sentence-end = 。
key-strength = { $kind }
key-none = 鍵がこのパソコンにありません。この電子証明書ではログインできません。
key-hardware-more = 鍵は装置の外へ取り出せません。ほかのパソコンへコピーされることはありません。
key-os-more = 鍵は取り出せないしくみになっています。このパソコンの、ご自身のアカウントだけが使えます。
key-file-more = このパソコンを使える人は、鍵も使えるおそれがあります。席を離れるときは画面をロックしてください。
chain-title = 発行元（認証局）
chain-lead = 上の認証局が、すぐ下の電子証明書を本物と認めています。
chain-until = { $date }まで有効
chain-elsewhere = この認証局の証明書は、接続先のサーバーが持っています
chain-own = この電子証明書
certificate-login = この電子証明書でログイン

# 削除
delete-only = { $name } でログインできる電子証明書は、このパソコンにこれしかありません。削除すると、取得し直すまでログインできません。元には戻せません。
delete-reissue = もう一度取得するには、再発行の手続きが必要です。
delete-understood = ログインできなくなることを確かめました

# 取り込み
import-open = ファイルから取り込む
import-choose-title = 取り込む電子証明書のファイルを選ぶ
import-kind = 電子証明書のファイル
import-title = このファイルを取り込みます
import-lead = ファイルを受け取ったときに知らされたパスワードを入力してください
import-password = ファイルのパスワード
import-password-hint = パスワードのないファイルのときは、空欄のままにしてください。
import-look = 中身を確かめる
import-looking = 確かめています
import-accept-when = 銀行または管理者からじかに受け取った、確かなファイルのときだけ進めてください。
import-accept = 改ざんの確認をせずに進む
import-unprotected = 途中で書き換えられていないことを確かめられないファイルです。お心当たりのあるものだけを取り込んでください。
import-check-title = この電子証明書を取り込みますか
import-check-lead = { $file } に入っているものです
import-which = 取り込む電子証明書
import-unreadable = ファイル内の壊れた電子証明書{ $count }件は取り込みません
import-already = 取り込み済み
import-same-serial = このパソコンの電子証明書（ID { $id }）とシリアル番号が同じです
import-chain = 発行した認証局：{ $names }
import-submit = 取り込む
import-busy = 取り込んでいます
import-done-title = 電子証明書を取り込みました
import-done-lead = このパソコンで使えます
import-keep-file = 「{ $file }」には鍵が入っています。人の手に渡らないところに保管するか、削除してください。
import-no-bank = この電子証明書を発行した銀行は、まだ登録されていません。ログインするには、銀行を登録してください。
import-to-list = 電子証明書の一覧を見る
drop-here = ここで離すと取り込めます
drop-here-more = 離しても、まだ保存しません。先に中身を確かめます。
drop-refused = このファイルは取り込めません

# 更新
renew-open = 更新する
renew-title = 電子証明書を更新します
renew-lead = { $bank }から、新しい有効期限の電子証明書を受け取ります
renew-resume-lead = 途中で止まったところから続けます
renew-resume = 続きから更新する
renew-what = パスワードは必要ありません。更新が終わるまで、いまの電子証明書も使えます。
renew-busy-title = 電子証明書を更新しています
renew-busy-lead = 途中で閉じても、続きから始められます
renew-stopped = 更新を中断しました。ここまでの分は残っています。いつでも続きから更新できます。
renew-done-title = 電子証明書を更新しました
renew-done-lead = 次のログインから、新しい電子証明書を使います
renew-old = { $name } の古い電子証明書（{ $date }まで）は、もう使いません。
renew-delete-old = 古い電子証明書を削除する
renewal-cut = { $name } の電子証明書の更新が途中です。

# 片付け
clean-open = 不要な電子証明書をまとめて削除
clean-title = 不要な電子証明書をまとめて削除しますか
clean-lead = もう使うことのない電子証明書と鍵を、このパソコンから削除します
clean-what = 削除すると元には戻せません。残しておくものは、チェックを外してください。対象は、登録した銀行やサイトで使えなくなったものだけです。以前のメールを開く鍵や、ほかのアプリの電子証明書は含みません。
clean-count = 削除できるもの（{ $count }件）
clean-none = 不要な電子証明書はありません。
clean-kept = 使えなくても残しておくもの（{ $count }件）とその理由
kept-not-of-a-service-here = 残す理由：登録した銀行やサイトの電子証明書ではありません。ほかのアプリで使うかもしれません。
kept-another-purpose = 残す理由：ログイン専用の鍵ではありません。以前のメールやファイルを開くのに必要かもしれません。
kept-clock-not-compared = 残す理由：有効期限切れに見えますが、パソコンの時計が合っているかを銀行やサイトに確かめられませんでした。
kept-may-log-in = 残す理由：登録した銀行やサイトで、まだ使えるかもしれません。
clean-submit = { $count }件を削除する
clean-progress = { $count }件のうち{ $done }件を終えました
clean-done-title = 不要な電子証明書を削除しました
clean-done-lead = 1件ずつ、残っていないことを確かめました
clean-done-left = { $count }件は残っています。理由を確かめてください
clean-gone = { $name } の電子証明書を削除しました
clean-left = { $name } の電子証明書は残っています
clean-why = { $title }。{ $next }
spent-issued = 発行日：{ $date }
spent-expiry = 有効期限：{ $date }

# 読み取れない証明書
unreadable-heading = 読み取れないもの（{ $count }件）
unreadable-word = 読み取れません
unreadable-part = 読み取れません
unreadable-issuer = 発行元
unreadable-id = ID
unreadable-date = 有効期間（{ $from } ～ { $until }）に、存在しない日時か、時差の分からない日時があります。ログインには使えません。必要なときは、発行元に再発行を依頼してください。
unreadable-bytes-after = 電子証明書の後ろに余分なデータがあります。ログインには使えません。必要なときは、発行元に再発行を依頼してください。
unreadable-structure = 内容が電子証明書の規格に合っていません。ログインには使えません。必要なときは、発行元に再発行を依頼してください。
