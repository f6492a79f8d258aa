# 画面の言葉。画面の部品には、言葉をじかに書かない。

product = Inkan
mark = 印
window-title = { $page } - Inkan
page-back = 戻る
skip-to-page = 本文へ進む
page-back-keys = Altキーと ← でも戻れます
close = 閉じる
cancel = やめる
no-value = -
list-separator = 、
sentence-separator = { "" }
home-branch = お取引店
this-pc = このパソコン
this-bank = 登録されている銀行

# 案内
nav-name = 案内
nav-login = ログイン
nav-top = トップ
nav-certificates = 電子証明書
nav-users = 管理
nav-settings = 設定
nav-menu = メニュー

# ログイン中の人
session-name = { $name } 様
session-person = 利用者情報を見る
person-reissue = 電子証明書の再発行は、{ $roles }だけが行えます。ご自身ではできません。
session-log-out = ログアウト

# 事実の名前
fact-role = 利用者区分
fact-company = 企業名
fact-bank = サービス
fact-certificate = 電子証明書
fact-until = { $date }まで
fact-none = なし
fact-person = 利用者名
fact-organisation = 企業名
fact-issued = 発行日
fact-expiry = 有効期限
fact-serial = シリアル番号
fact-subject = 名義
fact-key = 鍵
fact-fingerprint = 拇印（SHA-256）


# 証明書
no-end = 9999年12月31日（期限なし）
certificate-until = { $date }まで（{ $days ->
    [0] 今日まで
    [1] 明日まで
   *[other] あと{ $days }日
}）
certificate-usable = 使えます
certificate-ending = 有効期限間近
certificate-ending-other = { $name } の電子証明書の有効期限まで、あと{ $days }日です。
certificate-title = 電子証明書の内容
serial-short = シリアル番号 { $head }…{ $tail }
serial-whole = シリアル番号 { $serial }

key-hardware = 専用の装置が鍵を守っています
key-os = このパソコンが鍵を守っています
key-file = このパソコンに保存されています
key-hardware-word = 専用の装置
key-os-word = このパソコン
key-file-word = このパソコンに保存

reason-dates-contradict = 日付の矛盾
reason-dates-contradict-sentence = 日付が矛盾しています。有効期間の終わりが始まりより前です。
reason-expired = 有効期限切れ
reason-expired-sentence = このパソコンの時計では、{ $date }に有効期限が切れました。
reason-not-yet-valid = まだ使えません
reason-not-yet-valid-sentence = このパソコンの時計では、まだ使えません。{ $date }から使えます。
reason-no-client-authentication = ログイン用ではありません
reason-no-client-authentication-sentence = ログイン用の電子証明書ではありません。別の電子証明書を選んでください。
reason-key-missing = 鍵なし
reason-key-missing-sentence = 秘密鍵がこのパソコンにありません。
reason-key-unsupported = 鍵の種類
reason-key-unsupported-sentence = この種類の鍵（{ $kind }）では署名できません。RSA、EC P-256、EC P-384の鍵の電子証明書を、発行元に依頼してください。
reason-not-of-this-bank = 別の銀行
reason-not-of-this-bank-sentence = { $bank }が発行した電子証明書ではありません。
other-entrance = 別の種類のログイン
reason-not-of-this-entrance = { $entrance }用の電子証明書です
reason-not-of-this-entrance-sentence = { $entrance }用の電子証明書です。いま選んでいるログインの種類では使えません。
reason-not-accepted-by-server = この銀行では使えません
reason-not-accepted-by-server-sentence = 接続先のサーバーが受け付ける認証局のものではありません。
reason-superseded = 新しい電子証明書があります
reason-superseded-elsewhere = 更新済み
reason-superseded-elsewhere-sentence = 更新されていますが、新しい電子証明書はこのパソコンにありません。
reason-superseded-sentence = 同じIDの新しい電子証明書があります。
reason-intermediate-missing = 中間認証局の証明書なし
reason-intermediate-missing-sentence = サーバーが受け付ける認証局のものではありません。中間認証局の証明書が足りないようです。発行元に確認してください。
reason-revoked = 失効
reason-revoked-sentence = 銀行で失効されました。
next-step-acquire = このパソコンで取得し直してください。
next-step-reissue-administrator = 管理者に電子証明書の再発行手続きを依頼してから、このパソコンで取得してください。
next-step-reissue-other = 別の管理者に電子証明書の再発行手続きを依頼してから、このパソコンで取得してください。
next-step-reissue-form = 所定の依頼書をお取引店に提出し、再発行のあと、このパソコンで取得してください。
next-step-reissue-telephone = 銀行にお電話で再発行を依頼してから、このパソコンで取得してください。
next-step-reissue-branch = お取引店に連絡し、再発行のあと、このパソコンで取得してください。
next-step-clock = その日を過ぎているときは、パソコンの時計を確かめてください。
next-step-revoke-first = 新しい電子証明書を失効してもらってから、このパソコンで取得してください。
next-step-delete = この電子証明書は削除できます。
next-step-issuer = 発行元から新しい電子証明書を受け取ってください。
next-step-issuer-key = 鍵の付いたファイルを取り込むか、発行元に再発行を依頼してください。

# ログイン
login-id = ログインID
login-password = ログインパスワード
confirmation-password = 確認用パスワード
login-submit = ログイン
login-busy = 確認しています
password-show = 表示
password-hide = 隠す
password-show-this = { $label }を表示
password-hide-this = { $label }を隠す

start-lead = この電子証明書でログインします
start-lead-none = 電子証明書を取得すると、このパソコンからログインできます
start-lead-unusable = 使えない理由と、できることを確かめてください
start-lead-unread = 電子証明書を読み取れませんでした
start-logged-out = ログアウトしました。
start-unheard = ログアウトしたことを、銀行に知らせられませんでした。銀行では、しばらくすると自動的にログアウトになります。
start-interrupted = { $user } の電子証明書の取得が、{ $date }から途中です。
start-resume = 続きから再開する
start-log-in = 電子証明書でログイン
start-another = 別の電子証明書を使う
start-id = IDとパスワードでログイン
start-acquire = 電子証明書を取得する
start-acquire-more = 電子証明書を取得する
start-none = このパソコンで使える電子証明書がありません
start-unusable = { $name } の電子証明書は、いまは使えません
start-none-detail = { $id }と{ $password }を用意してください。
start-none-here = 電子証明書は、取得したパソコンでだけ使えます。
start-why-none = 使えない電子証明書（{ $count }件）とその理由
start-other-bank = ほかの銀行にする
start-other-service = ほかの銀行やサイトにする

banks-title = どの銀行にログインしますか
banks-lead = このパソコンに登録されている銀行です
services-title = どこにログインしますか
services-lead = このパソコンに登録されている銀行とサイトです
banks-add = 銀行を登録する

add-bank-first-title = はじめに銀行を登録します
add-bank-first-lead = Inkanは、法人インターネットバンキングの電子証明書を取得し、ログインに使うためのアプリです。銀行から案内されたWebアドレスを入力してください
add-bank-title = 銀行を登録します
add-bank-lead = 銀行から案内されたWebアドレスを入力してください
add-bank-address = 銀行のWebアドレス（URL）
add-bank-hint = https:// で始まります。
add-bank-example = https://
add-bank-authority = 銀行の認証局の証明書を指定できます
add-bank-login-host = { $host } が銀行のサーバーであると銀行に確かめられたときだけ、登録してください。ログインのときのパスワードは、このサーバーに送られます。
add-bank-login-host-agree = このサーバーで登録する
add-bank-authority-warning = 指定すると、その認証局が認めたサーバーを本物の銀行として扱います。銀行または管理者からじかに受け取った、確かなファイルだけを選んでください。
add-bank-file = 認証局の証明書を選ぶ
add-bank-no-file = 選ばれていません
add-bank-submit = 登録する
add-bank-busy = 確認しています

choose-title = どの電子証明書でログインしますか
choose-lead = { $bank }で使えるものを上に表示しています
choose-none = 使える電子証明書がありません。
choose-others = 使えないもの（{ $count }件）とその理由
choose-last-used = 前回も使いました
choose-submit = 続ける
choose-id = IDとパスワードでログイン

password-title = { $password }を入力してください
password-forgotten = { $password }がご不明の場合は、管理者にお問い合わせください。管理者の方で、ほかに管理者がいない場合は、お取引店にご連絡ください。
password-lead = { $bank }にログインします
id-title = IDとパスワードでログイン

# 取得
acquire-title = 電子証明書を取得します
acquire-user-told = 管理者以外の方は、管理者から通知された{ $id }です。
acquire-lead = { $bank }の電子証明書を、このパソコンで使えるようにします
acquire-resume-lead = 途中で止まったところから続けます
acquire-goes-on = このIDの取得は途中です。前に止まったところから続けます。
acquire-submit = 電子証明書を取得する
acquire-busy-title = 電子証明書を取得しています
acquire-busy-lead = 途中で閉じても、続きから始められます
acquire-done-title = 電子証明書を取得しました
acquire-done-lead = このパソコンからログインできます
acquire-to-login = 続けてログインする
acquired-here = 電子証明書を取得しました。
acquired-logged-in = この電子証明書でログインしました。
step-checked-by-bank = 銀行が確認しました
step-checked-by-bank-ahead = 銀行が確認します
step-key-made = このパソコンで鍵を作りました
step-key-found = すでに作ってある鍵を使います
step-key-made-ahead = このパソコンで鍵を作ります
step-request-sent = 申請を送りました
step-request-sent-ahead = 申請を送ります
step-installed = 電子証明書を保存しました
step-installed-ahead = 電子証明書を保存します
step-bank-told = 銀行に完了を知らせました
step-bank-told-ahead = 銀行に完了を知らせます
step-log-in = ログインしました
step-log-in-ahead = ログインします
step-done = 済み
step-now = 進行中
step-waiting = これから

# パスワードの変更
change-title = パスワードの変更
change-lead = 新しいパスワードを決めてください
change-current = 現在のパスワード
change-new = 新しいパスワード
change-confirmation-purpose = 電子証明書の失効など、大切な手続きのときに入力します。
change-registered = { $password }はすでに登録済み（現在のものを入力）
change-submit = 実行
change-busy = 変更しています
changed-title = パスワードを変更しました
changed-lead = 次のログインから、新しい{ $password }を使います
changed-note = { $passwords }を変更しました。
changed-confirm = 確認
rule-length = { $min }文字から{ $max }文字
rule-characters = 半角の英字と数字だけ（大文字と小文字は区別されます）
rule-characters-opaque = 英字、漢字、かな、数字、記号、空白が使えます
rule-mixed = 英字と数字の両方を使う
rule-unlike-user-id = { $id }と違う
rule-unlike-login-password = { $other }と違う
rule-met = 満たしています
rule-open = まだです

# トップ
top-title = トップ
password-change-due = パスワードの変更期限が近づいています。{ $until }を過ぎると、次のログインで変更が必要になります。
top-logins = 最近のログイン
top-login-this = 今回
top-login-last = 前回
top-login-before = 前々回
top-login-check = 最近3回のログイン日時は、必ず確認してください。
top-login-unknown = お心当たりがないときは
method-certificate = 電子証明書
method-id-password = IDとパスワード
top-notices = お知らせ
top-unread-count = 未読{ $count }件
top-unread = 未読
top-notices-none = お知らせはありません。
top-transactions = 未承認の取引
top-transaction = { $count }件 · { $yen }円
top-awaits-approval = 承認待ち
top-being-made = 作成中
top-transactions-none = 承認待ちや作成中の取引はありません。
top-operations = 最近の操作
top-operations-none = まだ操作はありません。
operation-certificate-issued = 電子証明書の発行（{ $subject }）
operation-certificate-acquired = 電子証明書の取得（{ $subject }）
operation-certificate-revoked = 電子証明書の失効（{ $subject }）
operation-certificate-reissued = 電子証明書の再発行（{ $subject }）
operation-token-activated = ハードトークンの利用開始（{ $subject }）
operation-token-revoked = ハードトークンの失効（{ $subject }）
operation-token-resynchronised = ハードトークンの時刻合わせ（{ $subject }）
operation-token-unlocked = ハードトークンのロック解除（{ $subject }）
operation-user-edited = 利用者情報の変更（{ $subject }）
operation-user-unlocked = パスワードのロック解除（{ $subject }）
operation-contract-frozen = ご契約の停止
operation-passwords-changed = パスワードの変更
top-connection = 接続
top-connection-certificate = 電子証明書 { $name }
menu-name = メニュー
menu-browser = ブラウザーで開きます

# 電子証明書
certificates-title = 電子証明書
certificates-lead = { $count ->
    [0] ファイルをここへドラッグすると取り込めます
   *[other] このパソコンに電子証明書が{ $count }件あります。ファイルをここへドラッグすると取り込めます
}
certificates-none = このパソコンに電子証明書はありません。
certificates-open = 詳しく見る
certificates-open-this = { $name } の電子証明書を詳しく見る
delete-open = このパソコンから削除する
delete-title = { $name } の電子証明書を削除しますか
delete-what-keyless = 電子証明書をこのパソコンから削除します。鍵は、このパソコンにありません。元には戻せません。
delete-what = 電子証明書と鍵をこのパソコンから削除します。元には戻せません。
delete-usable = いま使える電子証明書です。削除すると、取得し直すまで、この電子証明書ではログインできません。
delete-submit = 削除する
delete-busy = 削除しています
deleted-title = { $name } の電子証明書を削除しました
deleted-key-gone = 電子証明書も鍵も、このパソコンに残っていないことを確かめました。
deleted-key-missing = 電子証明書が残っていないことを確かめました。鍵は、このパソコンにありませんでした。
deleted-key-shared = 電子証明書が残っていないことを確かめました。鍵は { $names } の電子証明書も使うため、残してあります。

# 設定
settings-title = 設定
settings-language = 表示する言語
language-ja = 日本語
language-en = English
settings-text-size = 文字の大きさ
settings-text-normal = 標準
settings-text-percent = { $size }%
settings-text-keys = どの画面でも、Ctrlキーを押しながら + と - で変えられます。0で標準に戻ります。
settings-banks = 銀行
settings-remove = 登録を削除する
settings-remove-this = { $bank }の登録を削除する
settings-remove-title = { $bank }の登録を削除しますか
settings-remove-what = Webアドレスの登録だけを削除します。電子証明書は、このパソコンに残ります。
settings-about = このアプリ
settings-version = バージョン
settings-store = 電子証明書の保管場所
settings-store-unavailable = いまは開けません
