# 電子証明書の一覧
list-sort = 並べ替え
list-column-name = ログインID
list-column-issuer = 発行元
list-column-until = 有効期限
list-ascending = 小さい順
list-descending = 大きい順
list-days-left = { $days ->
    [0] 今日まで
    [1] 明日まで
   *[other] あと{ $days }日
}
list-choose = { $name } の電子証明書を選ぶ
list-chosen = { $count }件を選んでいます
list-choose-all = すべて選ぶ
list-choose-none = 選択をやめる
issued-by = 発行元 { $issuer }

# 選んだものの削除
delete-chosen-title = { $count }件の電子証明書を削除しますか
delete-chosen-what = 選んだ電子証明書とその鍵を、このパソコンから削除します。元には戻せません。
delete-chosen-more = ほか{ $count }件
delete-chosen-usable = いま使える電子証明書が{ $count }件入っています。削除すると、取得し直すまで、その電子証明書ではログインできません。
delete-chosen-done = { $count }件を削除しました
delete-chosen-none-done = 削除できませんでした

# 詳しく見る
certificate-more = 詳しく
fact-issuer = 発行元
copy-serial = シリアル番号をコピー
copy-fingerprint = 拇印をコピー
export-open = 電子証明書をファイルに保存する
export-title = 電子証明書をファイルに保存
export-what = 鍵は入りません。相手に電子証明書を渡すときに使います。
export-pem = 文字の形式（PEM）
export-der = バイナリの形式（DER）
export-done = { $file } に保存しました。

# 続けて取り込む
drop-many = ここで離すと、{ $count }件を順に取り込めます
import-queue = { $count }件のうち{ $number }件目
import-next = 次のファイルへ
import-skip = このファイルは取り込まない
import-refused = 「{ $file }」は取り込めません。{ $why }
import-place = 使うところ
import-place-none = 登録されている銀行やサイトのものではありません
import-done-elsewhere = このパソコンに保存しました
certificate-no-service = 使う銀行が未登録
