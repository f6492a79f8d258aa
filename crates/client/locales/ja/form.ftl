# The paper that is handed to the branch.

title-revocation = 電子証明書失効届
title-request = 電子証明書再発行依頼書
addressed = { $to } 御中
date = 届出日　　　　　年　　　月　　　日
request = 下記の利用者について、{ $act }を届け出ます。
service = サービス名
company = ご契約先名
user = ログインID
person = 氏名
role = 利用者区分
serial = 電子証明書のシリアル番号
until = 電子証明書の有効期限
act = お届けの内容
act-revoke = 電子証明書の失効
act-reissue = 電子証明書の再発行
reason = 理由
reasons = □ パソコンの変更　□ 故障・紛失　□ その他（　　　　　　　　　　　　）
branch = お取引店名
telephone = ご連絡先電話番号
seal = お届け印
note = お手続きの完了は、お取引店からご連絡します。
note-branch = 記入・押印のうえ、{ $branch }へお持ちください。お手続きの完了をご連絡します。お問い合わせ：{ $telephone }（{ $hours }）
bank-use = 銀行使用欄
bank-received = 受付
bank-seal-checked = 印鑑照合
bank-done = 処理
