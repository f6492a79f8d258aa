# What happened, what it means, what to do next: one message for each problem code.

who-you = あなた
who-administrator = 管理者
who-branch = お取引店
who-bank = 銀行

login_failed = ログインできませんでした
    .detail = ログインIDかログインパスワードが違います。
    .next = 大文字と小文字に気をつけて、もう一度入力してください。何度も間違えると利用できなくなります。

login_password_locked = ログインパスワードがロックされています
    .detail = 間違いが続いたため、このIDではログインできません。
    .next = 管理者にロックの解除を依頼してください。

id_password_not_allowed = IDとパスワードではログインできません
    .detail = このログインIDは、電子証明書でのログインに限られています。
    .next = 電子証明書でログインしてください。

entrance_not_allowed = この入口からはログインできません
    .detail = 選んだ証明書またはIDは、この入口では使えません。
    .next = もう一つの入口を選ぶか、別の証明書を選んでください。

certificate_revoked = この電子証明書は失効しています
    .detail = { $name } の証明書は銀行で失効されたため、もう使えません。
    .next = 新しい証明書をこのパソコンで取得し、古い証明書を削除してください。身に覚えがないときは管理者に確かめてください。

certificate_expired = この電子証明書は有効期限が切れています
    .detail = { $name } の証明書は期限を過ぎたため、使えません。
    .next = 新しい証明書をこのパソコンで取得し、古い証明書を削除してください。

certificate_unknown = 銀行に登録のない電子証明書です
    .detail = 銀行の認証局が発行したものですが、発行の記録がありません。
    .next = 別の証明書を選ぶか、お取引店にお問い合わせください。

session_ended = ログインの有効時間が終わりました
    .detail = ログアウトしたか、しばらく操作がなかったため、終了しました。
    .next = もう一度ログインしてください。

session_not_bound = ログインしたときの証明書と違います
    .detail = ログインは、そのとき使った証明書でだけ続けられます。
    .next = もう一度ログインしてください。

password_change_required = パスワードの変更が必要です
    .detail = はじめてログインするときは、パスワードを新しくします。
    .next = 新しいログインパスワードと確認用パスワードを決めてください。

password_rule_broken = このパスワードは使えません
    .detail = 半角の英字と数字をまぜて、{ $min }文字から{ $max }文字で決めてください。確認用パスワードは、ログインID・ログインパスワードと違うものにします。
    .next = 別のパスワードを入力してください。

confirmation_password_wrong = 確認用パスワードが違います
    .detail = 手続きは行われていません。
    .next = ご自分の確認用パスワードを、もう一度入力してください。

confirmation_password_locked = 確認用パスワードがロックされています
    .detail = 間違いが続いたため、手続きができません。
    .next = ほかの管理者にロックの解除を依頼してください。

confirmation_password_unregistered = 確認用パスワードが登録されていません
    .detail = 手続きには確認用パスワードが必要です。
    .next = ログインして、確認用パスワードを登録してください。

not_permitted = この手続きは管理者が行います
    .detail = あなたの利用者区分では、この手続きはできません。
    .next = マスターユーザまたは管理者ユーザに依頼してください。

user_unknown = そのログインIDの利用者はいません
    .detail = { $user } はこのご契約に登録されていません。
    .next = ログインIDを確かめてください。

no_live_certificate = 有効な電子証明書がありません
    .detail = { $user } には、いま有効な証明書がありません。
    .next = 利用者に、使うパソコンで証明書を取得してもらってください。

certificate_already_issued = 電子証明書は別のパソコンに発行されています
    .detail = { $user } の証明書は1つだけです。先に、いまの証明書を失効します。
    .next = 前のパソコンで失効するか、マスターユーザまたは管理者ユーザに失効を依頼してから、もう一度取得してください。

enrolment_code_invalid = 取得の手続きの時間が過ぎました
    .detail = 取得のための確認は、数分のあいだだけ有効です。
    .next = もう一度、ログインIDとログインパスワードから始めてください。続きから再開されます。

certification_request_invalid = 証明書の申請を銀行が受け付けませんでした
    .detail = 申請の形か署名が正しくないか、銀行が受け付けない鍵です。
    .next = お取引店に、受付番号を伝えてお問い合わせください。

request_invalid = 銀行が要求を理解できませんでした
    .detail = このアプリと銀行のサービスの版が合っていないおそれがあります。
    .next = アプリを新しくしてから、もう一度お試しください。

not_found = 見つかりません
    .detail = お探しのものは銀行にありません。
    .next = 画面を開き直してください。

bank_unavailable = 銀行のサービスがいま利用できません
    .detail = 何も行われていません。
    .next = しばらくしてから、もう一度お試しください。

bank_fault = 銀行で問題が起きました
    .detail = 何も行われていません。
    .next = しばらくしてから、もう一度お試しください。続くときは受付番号を伝えてください。

bank_unreachable = 銀行につながりません
    .detail = { $address } から応答がありません。
    .next = ネットワークの接続とアドレスを確かめて、もう一度お試しください。

bank_ca_unknown = 銀行のサーバーを確認できません
    .detail = { $address } のサーバー証明書は、このパソコンが信頼しない認証局のものです。何も送っていません。
    .next = アドレスを確かめ、管理者に銀行の認証局の証明書を確認してもらってください。

bank_certificate_invalid = 銀行のサーバー証明書が正しくありません
    .detail = { $address } のサーバー証明書は、期限か名前が合いません。何も送っていません。
    .next = パソコンの時計を確かめてください。合っているときは、お取引店にお知らせください。

certificate_refused = 銀行がこの電子証明書を受け付けませんでした
    .detail = 接続のときに、銀行が証明書を断りました。
    .next = 別の証明書を選ぶか、証明書を取得し直してください。

certificate_not_sent = 電子証明書が送られていません
    .detail = { $address } は電子証明書を求めていますが、証明書が送られませんでした。
    .next = 使う証明書を選んで、もう一度お試しください。なければ、証明書を取得してください。

certificate_ca_unknown = このサーバーでは使えない認証局の証明書です
    .detail = { $address } は、{ $issuer } が発行した証明書を受け付けません。
    .next = この銀行から取得した証明書を選んでください。

certificate_not_asked = このサーバーは電子証明書を求めていません
    .detail = { $address } は、証明書なしで接続を受け付けました。証明書は送っていません。
    .next = 電子証明書でログインするアドレスか、確かめてください。

no_common_scheme = 証明書の鍵とサーバーの署名の方式が合いません
    .detail = { $address } が受け付ける署名の方式を、この証明書の鍵は使えません。TLS 1.2 でも確かめました。
    .next = ほかの種類の鍵で証明書を取得するよう、管理者に相談してください。

server_certificate_out_of_date = 銀行のサーバーの証明書が有効期間の外です
    .detail = { $address } の証明書の有効期間は { $from } から { $until } までです。お客様の情報は送っていません。
    .next = このパソコンの時計を確かめてください。正しければ、お取引店にお知らせください。

server_name_mismatch = アドレスとサーバーの証明書の名前が違います
    .detail = { $address } のサーバーの証明書は、{ $names } のものです。お客様の情報は送っていません。
    .next = アドレスを確かめてください。正しければ接続せず、お取引店にお知らせください。

intercepted_by_proxy = 通信の途中に別の機器やソフトが入っています
    .detail = { $address } の代わりに、{ $issuer } の証明書で応答がありました。途中で中身を開く機器があると、電子証明書は使えません。
    .next = { $address } への通信を検査の対象から外すよう、社内のネットワークの管理者に依頼してください。

clock_wrong = パソコンの時計がずれています
    .detail = このパソコンの時計は、{ $address } の時計より約 { $minutes } 分{ $direction ->
        [ahead] 進んで
       *[behind] 遅れて
    }います。
    .next = 日付と時刻の設定を直してから、もう一度お試しください。

plain_http_answered = 暗号化していない応答がありました
    .detail = { $address } は、https ではなく http で応答しました。お客様の情報は送っていません。
    .next = アドレスとポート番号を確かめてください。

tls_not_spoken = 暗号化した通信ができません
    .detail = { $address } では、TLS で通信するサービスが動いていません。
    .next = アドレスとポート番号を確かめてください。

tls_not_agreed = 暗号化の方式が合いません
    .detail = { $address } と、共通の TLS の版や暗号がありません。このアプリは TLS 1.2 と 1.3 で通信します。
    .next = お取引店にお知らせください。

bank_answer_unknown = 銀行からの応答が読み取れません
    .detail = { $address } は対応する銀行のサービスではないか、新しい版です。
    .next = アドレスを確かめ、アプリを新しくしてください。

bank_address_invalid = アドレスが正しくありません
    .detail = 銀行のアドレスは https:// で始まります。
    .next = 銀行から案内されたアドレスを入力してください。

bank_not_added = 銀行が登録されていません
    .detail = { $bank } という銀行は、このパソコンに登録されていません。
    .next = 先に銀行を追加してください。

certificate_not_found = 電子証明書が見つかりません
    .detail = 選んだ証明書は、このパソコンにありません。
    .next = 一覧を開き直して、選んでください。

no_usable_certificate = 使える電子証明書がありません
    .detail = このパソコンには、この銀行で使える証明書がありません。
    .next = 証明書を取得するか、IDとパスワードでログインしてください。

several_certificates = 使える電子証明書がいくつかあります
    .detail = どの証明書でログインするか、選んでください。
    .next = ログインIDを確かめて、一つを選んでください。

answer_missing = 入力が足りません
    .detail = この手続きには { $field } が必要です。
    .next = 入力して、もう一度お試しください。

file_unreadable = ファイルを読み取れません
    .detail = { $file } を読み取れません。
    .next = ファイルを確かめて、もう一度お試しください。

store_unavailable = 証明書の保管場所を開けません
    .detail = このパソコンの証明書の保管場所を開けませんでした。
    .next = ほかのアプリを閉じて、もう一度お試しください。

store_locked = 証明書の保管場所にPINがかかっています
    .detail = 開くにはPINが必要です。
    .next = PINを解除してから、もう一度お試しください。

store_wrong_pin = PINが違います
    .detail = 入力されたPINでは証明書の保管場所を開けませんでした。
    .next = PINをお確かめのうえ、もう一度入力してください。続けて間違えるとロックされることがあります。

token_removed = カードが見つかりません
    .detail = 証明書の入ったカードまたは装置が取り外されています。
    .next = カードまたは装置をつなぎ直してから、もう一度お試しください。

key_denied = 鍵の使用が許可されませんでした
    .detail = 確認の画面で取り消されたか、パソコンの設定で鍵の使用が止められています。
    .next = もう一度操作し、確認の画面が出ましたら許可してください。

store_unsupported = このパソコンの証明書の保管場所には対応していません
    .detail = いまの版では、この保管場所を使えません。
    .next = 対応する保管場所を選んでください。

store_refused = 証明書の保管場所が操作を断りました
    .detail = 何も変わっていません。
    .next = もう一度お試しください。続くときは受付番号を伝えてください。

key_missing = 電子証明書の鍵がありません
    .detail = 証明書はありますが、秘密鍵がこのパソコンにありません。
    .next = 証明書を削除して、取得し直してください。

key_mismatch = 証明書と鍵が合いません
    .detail = 銀行から届いた証明書は、このパソコンの鍵のものではありません。何も保存していません。
    .next = お取引店に、受付番号を伝えてお問い合わせください。

already_installed = この電子証明書はもう入っています
    .detail = 同じ証明書がこのパソコンにあります。
    .next = そのままお使いください。

deletion_incomplete = 削除しきれませんでした
    .detail = { $left } がまだ残っています。
    .next = ほかのアプリを閉じて、もう一度削除してください。

data_unusable = アプリのデータを読み書きできません
    .detail = { $file } を読み書きできません。
    .next = 空き容量と権限を確かめてください。

unrecognised = 対応していない応答です
    .detail = 銀行から、この版のアプリが知らない応答がありました。
    .next = アプリを新しくしてください。

app_fault = アプリで問題が起きました
    .detail = 処理を終えられませんでした。
    .next = アプリを開き直してください。続くときは、管理者に受付番号を伝えてください。
