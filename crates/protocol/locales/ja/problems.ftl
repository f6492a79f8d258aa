# What happened, what it means, what to do next: one message for each problem code.

who-you = ご自身
who-administrator = 管理者
who-branch = お取引店
who-bank = 銀行

# The plain words for what a bank may call by its own word.
called-login-id = ログインID
called-login-password = ログインパスワード
called-confirmation = 確認用パスワード
called-bank = 銀行

# The way to the next certificate, if its holder cannot get it alone.
reissue-first = { $helper ->
        [other_administrator] 別の管理者に電子証明書の再発行手続きをご依頼ください。
        [revocation_form] お取引店にご連絡ください。
        [request_form] 所定の依頼書をお取引店にご提出のうえ、お手続きください。
        [telephone] { call-for-reissue }
        [branch] お取引店にご連絡ください。
       *[administrator] 管理者に電子証明書の再発行手続きをご依頼ください。
    }再発行のあと、新しい電子証明書をこのパソコンで取得し、古い電子証明書を削除してください。
call-for-reissue = { $reached ->
        [yes] 管理者の電子証明書の再発行は、{ $called_bank }へお電話でご連絡ください。{ $desk } { $telephone }（{ $hours }）。
       *[no] { $called_bank }にお電話で再発行をご依頼ください。
    }

login_failed = ログインできませんでした
    .detail = { $method ->
        [certificate] { $called_login_password }が違います。電子証明書「{ $name }」から読み取った{ $called_login_id }の{ $called_login_password }と照合しました。
       *[id_password] { $called_login_id }か{ $called_login_password }が違います。
    }
    .next = { $holders ->
        [certificate] 電子証明書をお持ちの方は、電子証明書でログインしてください。お持ちでない方は、大文字と小文字に気をつけて、もう一度入力してください。何度も間違えると利用できなくなります。
       *[anybody] 大文字と小文字に気をつけて、もう一度入力してください。何度も間違えると利用できなくなります。
    }{ $called_login_password }がご不明の場合は、管理者にお問い合わせください。管理者の方で、ほかに管理者がいない場合は、お取引店にご連絡ください。

login_password_locked = { $called_login_password }がロックされています
    .detail = 間違いが続いたため、このIDではログインできません。
    .next = { $holders ->
        [certificate] 電子証明書をお持ちの方は、電子証明書でログインしてください。お持ちでない方は、管理者にロックの解除を依頼してください。管理者の方で、ほかに解除できる方がいない場合は、お取引店にご連絡ください。
       *[anybody] 管理者にロックの解除を依頼してください。管理者の方で、ほかに解除できる方がいない場合は、お取引店にご連絡ください。
    }

id_password_not_allowed = IDとパスワードではログインできません
    .detail = { $at ->
        [bank] この銀行では、IDとパスワードでのログインはできません。電子証明書でのみログインできます。
        [entrance] この種類のログインは電子証明書専用です。IDとパスワードでログインできるのは { $entrances } です。
       *[person] このログインIDは、電子証明書でのログインに限られています。
    }
    .next = { $at ->
        [entrance] 電子証明書でログインするか、別のログインの種類を選んでください。
       *[person] 電子証明書でログインしてください。
    }

entrance_not_allowed = この種類のログインはできません
    .detail = 選んだ電子証明書またはIDは、この種類のログインでは使えません。
    .next = ほかのログインの種類を選ぶか、別の電子証明書を選んでください。

certificate_revoked = この電子証明書は失効しています
    .detail = { $name } の電子証明書は銀行で失効されたため、もう使えません。
    .next = { $issue ->
        [another] 再発行がまだのときは、{ reissue-first }
       *[holder] 新しい電子証明書をこのパソコンで取得し、古い電子証明書を削除してください。お心当たりがないときは管理者に確かめてください。
    }

certificate_superseded = この電子証明書は更新済みです
    .detail = { $newer ->
        [elsewhere] { $name } の電子証明書は更新されていますが、新しい電子証明書はこのパソコンにありません。古い電子証明書はもう使えません。
       *[here] { $name } の電子証明書は更新され、新しい電子証明書が使われています。古い電子証明書はもう使えません。
    }
    .next = { $newer ->
        [here] 新しい電子証明書を選んでください。古い電子証明書は削除できます。
        [elsewhere] 新しい電子証明書をほかのパソコンで使っているときは、そのパソコンでログインしてください。使っていないときは、新しい電子証明書を失効してもらい、このパソコンで取得してください。
       *[unknown] 新しい電子証明書がこのパソコンにあるときは、それを選んでください。ないときは、新しい電子証明書を失効してもらい、このパソコンで取得してください。
    }

certificate_expired = { $clock ->
        [unconfirmed] この電子証明書は有効期限が切れているか、このパソコンの時計が進んでいます
       *[confirmed] この電子証明書は有効期限が切れています
    }
    .detail = { $judged ->
        [here] { $name } の電子証明書の有効期限は{ $until }です。このパソコンの今日の日付は{ $today }です。
       *[there] { $name } の電子証明書は有効期限を過ぎたため、使えません。
    }
    .next = { $clock ->
        [unconfirmed] パソコンの日付が違うときは直してください（電子証明書は削除しないでください）。正しければ、{ $issue ->
            [another] { reissue-first }
           *[holder] 新しい電子証明書をこのパソコンで取得し、古い電子証明書を削除してください。
        }
       *[confirmed] { $issue ->
            [another] { reissue-first }
           *[holder] 新しい電子証明書をこのパソコンで取得し、古い電子証明書を削除してください。
        }
    }

certificate_unknown = 銀行に登録のない電子証明書です
    .detail = 銀行の認証局が発行したものですが、発行の記録がありません。
    .next = 別の電子証明書を選ぶか、お取引店にお問い合わせください。

session_ended = ログインの有効時間が過ぎました
    .detail = ログアウトしたか、しばらく操作がなかったため、ログインを終了しました。
    .next = もう一度ログインしてください。

session_not_bound = ログインしたときの電子証明書と違います
    .detail = ログインは、そのとき使った電子証明書でだけ続けられます。
    .next = もう一度ログインしてください。

password_change_required = パスワードの変更が必要です
    .detail = { $by ->
        [another] 現在のパスワードは、ほかの方が設定したものです。ご本人が新しいパスワードを決めるまで、電子証明書の取得などの手続きはできません。
       *[other] 銀行が、続ける前に新しいパスワードを決めるよう求めています。
    }
    .next = { $how ->
        [both_answers] 回答（--answers）に new_login_password と new_confirmation_password を入れてください。
        [login_answer] 回答（--answers）に new_login_password を入れてください。
       *[other] 新しいパスワードを決めてください。
    }

login_id_malformed = このログインIDは使えません
    .detail = ログインIDが空か、途中に空白や改行が入っています。銀行には送らず、誤りの回数にも数えられていません。
    .next = ログインIDを確かめて、もう一度入力してください。

password_malformed = { $fault ->
        [too_long] パスワードが長すぎます
       *[character] パスワードに使えない文字が含まれています
    }
    .detail = { $fault ->
        [too_long] この銀行の{ $which ->
            [confirmation] 確認用パスワード
           *[login] ログインパスワード
        }は{ $max }文字までです。入力されたものはそれより長く、誤りの回数には数えられていません。
        [opaque_character] 入力されたパスワードには、改行など目に見えない文字が含まれているか、何も入力されていません。誤りの回数には数えられていません。
       *[character] パスワードは半角の英数字です。入力されたパスワードには、全角文字や空白など、ほかの文字が含まれているか、何も入力されていません。誤りの回数には数えられていません。
    }
    .next = { $fault ->
        [too_long] 入力した内容を確かめて、もう一度入力してください。
        [opaque_character] 入力した内容を確かめて、もう一度入力してください。
       *[character] 日本語入力をオフにして、半角の英数字で入力してください。
    }

password_rule_broken = このパスワードは使えません
    .detail = { $fault ->
        [exact_length] { $max }文字で決めてください。
        [too_short] { $min }文字以上、{ $max }文字以内で決めてください。
        [too_long] { $min }文字以上、{ $max }文字以内で決めてください。
        [character] 半角の英字と数字だけで決めてください。
        [opaque_character] 改行など、目に見えない文字は使えません。
        [not_mixed] 半角の英字と数字の両方を使ってください。
        [like_user_id] { $called_login_id }と違うものにしてください。
        [like_login_password] { $called_login_password }と違うものにしてください。
        [unchanged] 現在のパスワードと同じです。違うものにしてください。
        [common] 多くの人が使っているため、推測されやすいパスワードです。
        [like_name] { $called_login_id }、お名前、銀行名などから推測できるパスワードです。
       *[other] 銀行の決まりに合っていません。
    }パスワードは変更されていません。
    .next = 別のパスワードを入力してください。

confirmation_password_wrong = { $called_confirmation }が違います
    .detail = 手続きは行われていません。
    .next = ご自身の{ $called_confirmation }を、もう一度入力してください。何度も間違えると利用できなくなります。

confirmation_password_locked = { $called_confirmation }がロックされています
    .detail = 間違いが続いたため、手続きができません。
    .next = ほかの管理者にロックの解除を依頼してください。ほかに解除できる方がいない場合は、お取引店にご連絡ください。

confirmation_password_unregistered = { $called_confirmation }が登録されていません
    .detail = 手続きには{ $called_confirmation }が必要です。
    .next = ログインして、{ $called_confirmation }を登録してください。

not_permitted = { $helper ->
        [other_administrator] この手続きは、ご自身に対しては行えません
        [revocation_form] この手続きは書面で行います
        [request_form] この手続きは書面で行います
        [telephone] この手続きはお電話で承ります
        [branch] この手続きはお取引店で承ります
        [revocation] 再発行の代わりに失効を行います
       *[administrator] この手続きは管理者が行います
    }
    .detail = { $helper ->
        [other_administrator] ご自身の電子証明書については、別の管理者が行います。
        [revocation_form] ご自身の電子証明書については、社内に手続きできる方がいません。
        [request_form] 管理者の電子証明書は、セキュリティ上の観点から、インターネットバンキングでは再発行や失効ができません。
        [telephone] 管理者ご自身の電子証明書は、この画面では再発行や失効ができません。
        [branch] { $limit ->
            [unlocks] この利用者のパスワードのロックは、1日に{ $most }回解除されています。これ以降の解除は、お取引店だけが行えます。
           *[none] この銀行では、社内のどなたもこの手続きをできません。
        }
        [revocation] この銀行では、電子証明書を失効したあと、ご本人が新しい電子証明書を取得します。
       *[administrator] ご自身の利用者区分では、この手続きはできません。
    }
    .next = { $helper ->
        [other_administrator] 別の管理者に依頼してください。
        [revocation_form] 失効届をお取引店に提出してください。
        [request_form] 所定の依頼書をお取引店にご提出のうえ、お手続きください。
        [telephone] { call-for-reissue }
        [branch] お取引店にお問い合わせください。
        [revocation] 失効の手続きを選び、そのあと新しいパソコンで取得してください。
       *[administrator] 管理者に依頼してください。
    }

user_unknown = そのログインIDの利用者はいません
    .detail = { $user } はこのご契約に登録されていません。
    .next = ログインIDを確かめてください。

no_live_certificate = 有効な電子証明書がありません
    .detail = { $user } には、いま有効な電子証明書がありません。
    .next = { $remedy ->
        [reissue] 「再発行」を選んでください。
       *[other] 利用者に、使うパソコンで電子証明書を取得してもらってください。
    }

expired_not_kept = 有効期限が切れた電子証明書は継続できません
    .detail = { $user } の電子証明書は有効期限が切れています。
    .next = 「再発行」を選んでください。

own_not_allowed = ご自身に対しては行えません
    .detail = { $helper ->
        [branch] この手続きをできる方が、社内にほかにいません。
       *[other_administrator] この手続きは、本人ではない管理者が行います。
    }
    .next = { $helper ->
        [branch] お取引店にご連絡ください。
       *[other_administrator] 別の管理者に依頼してください。別の管理者がいない場合は、お取引店にご連絡ください。
    }

user_field_invalid = この内容には変更できません
    .detail = { $fault ->
        [alarm_period] アラーム期間（{ $alarm }日）が、変更期間（{ $change }日）より長くなっています。
        [company] 会社コード { $value } の企業は、ご契約にありません。
        [characters] 利用者名に、制御文字や、文字を隠したり並びを逆にしたりする文字は使えません。
        [set_by_another] ほかの方が設定したパスワードは、ご本人が次のログインで変更します。強制変更を「しない」にはできません。
        [name] 利用者名は1文字以上、{ $max }文字以内です。
       *[too_large] { $field } に指定できるのは{ $max }までです。
    }何も変更していません。
    .next = 内容を直して、もう一度お試しください。

user_field_not_allowed = この項目は変更できません
    .detail = { $field ->
        [name] 利用者名
        [role] 利用権限
        [login_password] ログインパスワード
        [confirmation_password] 確認用パスワード
        [approval_password] 承認用パスワード
        [transfer_password] 都度振込送信確認用パスワード
        [single_transfer] 都度振込利用
        [transfer_limit] 都度振込取扱限度額
        [forced_change] 強制変更
        [change_period] 変更期間
        [alarm_period] アラーム期間
        [companies] 利用企業
       *[other] { $field }
    } は、この利用者について管理者が変更できる項目ではありません。
    .next = 変更する項目を選び直してください。

contract_frozen = ご契約は停止されています
    .detail = 管理者またはお取引店の手続きにより、このご契約のご利用をすべて停止しています。
    .next = お取引店にご連絡ください。停止の解除はお取引店が行います。

cooling_down = 再発行の直後は変更の手続きができません
    .detail = 不正な再発行による被害を防ぐため、再発行された電子証明書では{ $until }まで変更の手続きができません。
    .next = { $until }を過ぎてから、もう一度手続きしてください。お急ぎの場合は、別の管理者に依頼してください。

certificate_not_issued = 電子証明書が発行されていません
    .detail = { $user } には、取得できる電子証明書がありません。
    .next = { $helper ->
        [administrator] 管理者に「再発行」を依頼してください。
        [other_administrator] 別の管理者に「再発行」を依頼してください。
        [revocation_form] お取引店にご連絡ください。
        [request_form] 所定の依頼書をお取引店に提出してください。
        [telephone] { call-for-reissue }
        [branch] お取引店にご連絡ください。
       *[unknown] 管理者に「再発行」を依頼してください。管理者ご自身の電子証明書は、お取引店にご連絡ください。
    }

acquisition_deadline_passed = 電子証明書の取得期限が過ぎました
    .detail = { $user } に発行された電子証明書は、取得期限までに取得されませんでした。
    .next = { $helper ->
        [administrator] 管理者に「再発行」を依頼してください。
        [other_administrator] 別の管理者に「再発行」を依頼してください。
        [revocation_form] お取引店にご連絡ください。
        [request_form] 所定の依頼書をお取引店に提出してください。
        [telephone] { call-for-reissue }
        [branch] お取引店にご連絡ください。
       *[unknown] 管理者に「再発行」を依頼してください。管理者ご自身の電子証明書は、お取引店にご連絡ください。
    }

otp_required = ワンタイムパスワードが必要です
    .detail = 電子証明書の取得には、ハードトークンのワンタイムパスワードも必要です。
    .next = ハードトークンに表示されているワンタイムパスワードを入力してください。トークンが未登録の場合は、シリアル番号も入力してください。

otp_malformed = ワンタイムパスワードは半角数字で入力してください
    .detail = ハードトークンに表示される桁数の半角数字ではありません。誤りの回数には数えられていません。
    .next = 日本語入力をオフにして、ハードトークンに表示されている数字をすべて半角で入力してください。

otp_wrong = ワンタイムパスワードが違います
    .detail = 手続きは行われていません。
    .next = ハードトークンに表示されている数字を入力してください。間違いが続くと、トークンはロックされます。

otp_used = このワンタイムパスワードは使用済みです
    .detail = ワンタイムパスワードは、トークンを複数の方で使う場合も、1回だけ使えます。
    .next = トークンの表示が変わるまで待ち、新しい数字を入力してください。

token_locked = ハードトークンがロックされています
    .detail = ワンタイムパスワードの間違いが続いたため、使用できません。
    .next = ほかの管理者にロックの解除を依頼してください。ほかに管理者がいない場合は、お取引店に書面でお手続きください。

token_out_of_step = ハードトークンの時刻がずれています
    .detail = いま有効なワンタイムパスワードではありません。手続きは行われていません。
    .next = いま表示されている数字を入力してください。繰り返す場合は、続けて表示される2つの数字で時刻を合わせ直してください。

token_resync_failed = ハードトークンの時刻を合わせられませんでした
    .detail = 2つの数字が、お持ちのトークンに続けて表示されたものではありません。
    .next = 表示されている数字を入力し、表示が変わったら、次の数字も入力してください。

token_not_active = ハードトークンが必要です
    .detail = この手続きにはワンタイムパスワードが必要ですが、利用開始登録がまだ済んでいません。
    .next = { $how ->
        [answers] シリアル番号を token_serial に、表示されているワンタイムパスワードを otp に入れた回答（--answers）で、もう一度お試しください。利用開始登録も行われます。
       *[other] シリアル番号と、表示されているワンタイムパスワードで、利用開始登録を行ってください。
    }

token_expired = ハードトークンの有効期限が切れています
    .detail = 有効期限を過ぎたトークンです。
    .next = 管理者に失効を依頼してから、新しいトークンの利用開始登録を行ってください。新しいトークンが届いていない場合は、お取引店にご連絡ください。

token_unusable = ご自身のハードトークンが使えません
    .detail = トークンの失効には、ご利用中のご自身のトークンのワンタイムパスワードが必要です。手続きは行われていません。
    .next = ほかの管理者に依頼してください。ほかに管理者がいない場合は、お取引店に書面でお手続きいただくか、お電話でお問い合わせください。

token_serial_unknown = シリアル番号が違います
    .detail = 入力された番号は、お客様にお届けしたハードトークンのシリアル番号ではありません。
    .next = トークンの裏面にあるシリアル番号（8～12桁）を確認してください。

token_activation_too_early = 新しいハードトークンは、まだ利用開始登録ができません
    .detail = 前のトークンの失効後は、{ $from }から登録できます。
    .next = その時刻を過ぎてから登録してください。それまでは、登録を省略してログインできます。

token_already_active = ハードトークンはすでに利用中です
    .detail = 新しいトークンを登録する前に、前のトークンの失効が必要です。
    .next = 管理者に、前のトークンの失効を依頼してください。

token_none = ハードトークンがありません
    .detail = { $user } には、対象になるトークンがありません。
    .next = 対象の利用者を選び直してください。

certificate_already_issued = { $here ->
        [installed] 電子証明書はすでにこのパソコンにあります
        [keyless] 電子証明書の秘密鍵がこのパソコンにありません
        [deleted] 電子証明書はこのパソコンから削除されています
       *[elsewhere] 電子証明書はすでに発行されています
    }
    .detail = { $here ->
        [installed] { $name } の電子証明書はこのパソコンにあり、{ $until }（日本時間）まで使えます。{ $user } の電子証明書は1つだけです。
        [keyless] { $name } の電子証明書はこのパソコンにありますが、秘密鍵がありません。銀行では { $user } の有効な電子証明書として登録されたままです。
        [deleted] { $dated ->
            [no] このパソコンの時計がずれていたときに、
           *[yes] { $on }（日本時間）に
        }このパソコンから削除されましたが、銀行では有効なままです。削除した電子証明書は元に戻せず、{ $user } の電子証明書は1つだけです。
       *[elsewhere] { $user } の電子証明書は1つだけで、このパソコンにはありません。別のパソコンにあるか、そこで削除されています。先に、いまの電子証明書の失効が必要です。
    }
    .next = { $here ->
        [installed] その電子証明書でログインしてください。
        [keyless] { $helper ->
            [other_administrator] 別の管理者に{ $act ->
                [revoke] 失効
                [reissue] 再発行
               *[either] 失効または再発行
            }を依頼し、ここにある電子証明書を削除してから、もう一度取得してください。
            [revocation_form] 失効届をお取引店に提出し、ここにある電子証明書を削除してから、もう一度取得してください。
            [request_form] 所定の依頼書をお取引店に提出し、ここにある電子証明書を削除してから、もう一度取得してください。
            [telephone] { $called_bank }にお電話で再発行を依頼し、ここにある電子証明書を削除してから、もう一度取得してください。
            [branch] お取引店にご連絡ください。
           *[administrator] 管理者に{ $act ->
                [revoke] 失効
                [reissue] 再発行
               *[either] 失効または再発行
            }を依頼し、ここにある電子証明書を削除してから、もう一度取得してください。
        }
        [deleted] { $helper ->
            [other_administrator] 別の管理者に{ $act ->
                [revoke] 失効
                [reissue] 再発行
               *[either] 失効または再発行
            }を依頼し、もう一度取得してください。
            [revocation_form] 失効届をお取引店に提出し、もう一度取得してください。
            [request_form] 所定の依頼書をお取引店に提出し、もう一度取得してください。
            [telephone] { $called_bank }にお電話で再発行を依頼し、もう一度取得してください。
            [branch] お取引店にご連絡ください。
           *[administrator] 管理者に{ $act ->
                [revoke] 失効
                [reissue] 再発行
               *[either] 失効または再発行
            }を依頼し、もう一度取得してください。
        }
       *[elsewhere] { $helper ->
            [other_administrator] { $own ->
                [yes] 前のパソコンで失効するか、
               *[no] {""}
            }別の管理者に{ $act ->
                [revoke] 失効
                [reissue] 再発行
               *[either] 失効または再発行
            }を依頼してから、もう一度取得してください。
            [revocation_form] 失効届をお取引店に提出し、完了の連絡を受けてから、もう一度取得してください。
            [request_form] 所定の依頼書をお取引店に提出し、完了の連絡を受けてから、もう一度取得してください。
            [telephone] { $called_bank }にお電話で再発行を依頼してから、もう一度取得してください。
            [branch] お取引店にご連絡ください。
           *[administrator] { $own ->
                [yes] 前のパソコンで失効するか、
               *[no] {""}
            }管理者に{ $act ->
                [revoke] 失効
                [reissue] 再発行
               *[either] 失効または再発行
            }を依頼してから、もう一度取得してください。
        }
    }

too_many_certificates = 短い時間に電子証明書が何度も発行されました
    .detail = お一人に発行される電子証明書は、1時間に{ $most }枚までです。
    .next = { $until }を過ぎてから、もう一度手続きしてください。お心当たりのない発行があるときは、銀行にご連絡ください。

enrolment_code_invalid = 取得の手続きの時間が過ぎました
    .detail = 取得のための確認は、数分のあいだだけ有効です。
    .next = もう一度、{ $called_login_id }と{ $called_login_password }から始めてください。続きから再開されます。

renewal_too_early = まだ更新できません
    .detail = この電子証明書は{ $from }から更新できます。
    .next = { $from }以降に、もう一度お手続きください。それまではいまの電子証明書をお使いいただけます。

certification_request_invalid = 電子証明書の申請が受け付けられませんでした
    .detail = { $fault ->
        [key_kind] 鍵の種類が、銀行の決まりに合いません。曲線P-256の鍵、または2048〜4096ビットで指数65537のRSAの鍵が必要です。
        [key_weak] 申請の鍵は、ほかの人に割り出されるおそれがあるため、使えません。
        [hash] 申請の署名に、安全でなくなったハッシュが使われています。SHA-256以上が必要です。
        [signature] 申請の署名が、申請の鍵と合いません。
        [other_connection] 申請が、送られた接続とは別の接続のために作られています。
        [form] 申請が、銀行で読み取れる形式（PKCS#10）ではありません。
       *[none] 申請の内容または鍵が、銀行の決まりに合いません。
    }
    .next = お取引店にご連絡のうえ、お問い合わせ番号をお伝えください。

ca_ending = 現在、電子証明書を発行できません
    .detail = 銀行の認証局の有効期限は{ $until }で、新しい電子証明書の有効期間に足りません。お手続きは行われていません。
    .next = お取引店にご連絡のうえ、お問い合わせ番号をお伝えください。

request_invalid = { $late ->
        [yes] 時間内に銀行へ届きませんでした
       *[no] 銀行で受け付けられませんでした
    }
    .detail = { $late ->
        [yes] 銀行までの通信が遅いか、途中で途切れました。銀行では何も行われていません。
       *[no] このアプリと銀行のサービスのバージョンが合わないおそれがあります。
    }
    .next = { $late ->
        [yes] このパソコンのネットワークを確かめてから、もう一度お試しください。
       *[no] アプリを更新してから、もう一度お試しください。
    }

not_found = 見つかりません
    .detail = お探しの情報は、銀行にはもうありません。
    .next = 画面を開き直してください。

bank_unavailable = 銀行のサービスは、いま利用できません
    .detail = { $answered ->
        [yes] { $address } は、HTTPの{ $status }で応答しました。サービスが一時的に止まっているか、混み合っています。
       *[no] 銀行のサービスが、一時的に止まっているか混み合っています。
    }
    .next = { $wait ->
        [yes] { $again }（日本時間）を過ぎてから、もう一度お試しください（サーバーからの案内です）。
       *[no] しばらくしてから、もう一度お試しください。
    }手続きの途中だったときは、済んでいないかを先に確かめてください。

bank_fault = 銀行で問題が起きました
    .detail = 手続きは行われていません。
    .next = しばらくしてから、もう一度お試しください。続くときは、お取引店にお問い合わせ番号をお伝えください。

bank_unreachable = 銀行への接続が切れました
    .detail = { $how ->
        [asked] { $address } は電子証明書を求めたあと、{ $sent ->
            [yes] 「{ $name }」を送ると、理由を示さずに接続を切りました。この電子証明書を受け付けないサーバーかもしれません。
           *[nothing] 電子証明書が送られないまま、理由を示さずに接続を切りました。電子証明書なしでは利用できないサーバーかもしれません。
        }
        [answer] { $address } との通信が、応答の途中で切れました。
        [alert] { $address } が接続を切りました。TLSで示された理由は「{ $alert }」です。
       *[unexplained] { $address } との通信が途中で切れたか、経路のプロキシが接続先を見つけられませんでした。
    }
    .next = { $how ->
        [asked] しばらくしてから、もう一度お試しください。続くときは、{ $sent ->
            [yes] この電子証明書が使えるかを、銀行またはサイトの管理者にお問い合わせください。
           *[nothing] どの電子証明書が必要かを、銀行またはサイトの管理者にお問い合わせください。
        }
        [alert] しばらくしてから、もう一度お試しください。続くときは、この理由を銀行またはサイトの管理者にお知らせください。
       *[unexplained] ネットワークの接続とアドレスを確かめて、もう一度お試しください。
    }

proxy_login_required = プロキシがユーザー名とパスワードを求めています
    .detail = { $proxy } は、だれが使うのかを確かめてから銀行へつなぎます。
    .next = 会社のネットワークのユーザー名とパスワードを入力して、もう一度お試しください。分からないときは管理者にお尋ねください。

proxy_login_unsupported = このプロキシの認証方式には対応していません
    .detail = { $proxy } は { $schemes } による認証だけを受け付けます。
    .next = ユーザー名とパスワードで通れるプロキシがあるか、管理者にお尋ねください。

proxy_unreachable = プロキシにつながりません
    .detail = { $proxy } からプロキシとしての応答がありません。
    .next = 設定のプロキシのアドレスとポートを確かめて、もう一度お試しください。

proxy_refused = プロキシが銀行への接続を断りました
    .detail = { $proxy } が{ $status }と答えました。
    .next = 銀行のWebアドレスへの接続を許可するよう、ネットワークの管理者にご依頼ください。

proxy_address_invalid = プロキシのアドレスが正しくありません
    .detail = { $proxy } はプロキシのアドレスとして使えません。
    .next = 設定、または環境変数 HTTPS_PROXY・ALL_PROXY の、プロキシの名前とポート番号を確かめてください。

bank_ca_unknown = 銀行のサーバーを確認できません
    .detail = { $address } のサーバー証明書は、{ $relation ->
        [itself] どの認証局も発行していない自己署名の証明書です。
        [namesake] 認証局「{ $issuer }」につながるものです。同じ名前の認証局の証明書が指定されていますが、鍵が異なります。
        [alone] このパソコンが信頼しない認証局「{ $issuer }」のものです。サーバーが中間認証局の証明書を送らないため、確かめられないこともあります。
       *[stranger] このパソコンが信頼しない認証局のものです。
    }お客様の情報は送っていません。
    .next = { $relation ->
        [namesake] 銀行の現在の認証局の証明書を、管理者から受け取ってください。それまでは先に進まないでください。
       *[other] アドレスを確かめ、管理者に銀行の認証局の証明書を確認してもらってください。
    }

bank_certificate_invalid = 銀行のサーバー証明書が正しくありません
    .detail = { $address } のサーバー証明書は、{ $fault ->
        [purpose] サーバー用に発行されたものではありません。
        [encoding] 形式が正しくないため、読み取れません。
        [revoked] 失効しています。
        [constrained] この名前のサーバー証明書を発行できない認証局のものです。
       *[other] 確認できない内容を含んでいます。
    }お客様の情報は送っていません。
    .next = お取引店にご連絡ください。

certificate_refused = サーバーがこの電子証明書を受け付けませんでした
    .detail = 「{ $name }」を { $address } に送りましたが、{ $known ->
        [short-key] 理由を示さずに断られました。この電子証明書のRSA鍵は2048ビット未満で、受け付けないサーバーが多くあります。
       *[nothing] 理由を示さずに断られたか、サーバーが読み取れませんでした。このパソコンで分かる限り、電子証明書は{ $until }まで有効です。
    }
    .next = { $known ->
        [short-key] 発行元に、鍵の長い電子証明書を発行できるかお問い合わせください。
       *[nothing] サーバー側で失効しているか、サーバーの設定に問題があるおそれがあります。発行元に、この電子証明書の状態をお問い合わせください。
    }

certificate_not_sent = 電子証明書が送られていません
    .detail = { $asked ->
        [no] { $address } は電子証明書が必要だと応答しました。ただし、接続のときに電子証明書を求めなかったため、送ることができませんでした。
       *[yes] { $address } は電子証明書を求めていますが、電子証明書が送られませんでした。
    }
    .next = { $asked ->
        [no] アドレスとポート番号を確かめてください。正しければ、サーバーが電子証明書を求める設定になっているか、銀行またはサイトの管理者にお問い合わせください。
       *[yes] { $adding ->
            [yes] アドレスが正しければ、サイトとして登録してください。電子証明書はそのあとで選びます。
           *[no] 使う電子証明書を選んで、もう一度お試しください。なければ、電子証明書を取得してください。
        }
    }

certificate_ca_unknown = このサーバーでは使えない認証局の証明書です
    .detail = { $address } は、{ $issuer } が発行した電子証明書を受け付けません。
    .next = この銀行から取得した電子証明書を選んでください。

intermediate_missing = 中間認証局の証明書が足りないようです
    .detail = { $address } は { $issuer } を受け付ける認証局に挙げていません。そこからサーバーが受け付ける認証局までをつなぐ有効な電子証明書も、このパソコンにありません。
    .next = 電子証明書の発行元に、中間認証局の証明書（またはそれを含む .p12 ファイル）を依頼するか、別の電子証明書を選んでください。

certificate_not_asked = このサーバーは電子証明書を求めていません
    .detail = { $address } は、電子証明書なしで接続を受け付けました。電子証明書は送っていません。一部のページでだけ電子証明書を求めるサイトもあります。
    .next = 電子証明書でログインするアドレスか、確かめてください。

no_common_scheme = 電子証明書の鍵とサーバーの署名の方式が合いません
    .detail = { $address } が受け付ける署名の方式を、この電子証明書の鍵は使えません。TLS 1.2でも確かめました。
    .next = ほかの種類の鍵で電子証明書を取得するよう、管理者に相談してください。

server_certificate_out_of_date = 銀行のサーバー証明書が{ $early ->
        [yes] まだ有効になっていません
       *[no] 有効期限切れです
    }
    .detail = { $address } のサーバー証明書の有効期間は{ $from }から{ $until }までです。このパソコンの今日の日付は{ $today }です。お客様の情報は送っていません。
    .next = パソコンの日付が違うときは直してください。正しければ、お取引店にご連絡ください。

server_name_mismatch = アドレスとサーバー証明書の名前が違います
    .detail = { $address } のサーバー証明書は、{ $names } のものです。お客様の情報は送っていません。
    .next = アドレスを確かめてください。正しければ接続せず、お取引店にご連絡ください。

intercepted_by_proxy = 通信の途中に別の機器やソフトウェアが入っています
    .detail = { $address } の代わりに、{ $issuer } のサーバー証明書で応答がありました。途中で中身を開く機器があると、電子証明書は使えません。
    .next = { $address } への通信を検査の対象から外すよう、社内のネットワークの管理者に依頼してください。

host_unknown = 接続先が見つかりません
    .detail = { $answered ->
        [yes] サーバーはありますが、{ $address } という名前のサーバーではないと答えました。
       *[no] { $address } という名前のサーバーを見つけられませんでした。
    }
    .next = { $answered ->
        [yes] アドレスのつづりを確かめてください。
       *[no] アドレスのつづりと、パソコンがネットワークにつながっているかを確かめてください。
    }

connection_refused = 接続先でサービスが動いていません
    .detail = { $address } のサーバーはありますが、このポート番号では接続を受け付けていません。
    .next = アドレスとポート番号を確かめてください。正しければ、しばらくしてからもう一度お試しください。

network_unreachable = ネットワークにつながっていません
    .detail = このパソコンから { $address } への経路がありません。
    .next = ネットワークの接続とVPNを確かめて、もう一度お試しください。

server_silent = サーバーから応答がありません
    .detail = { $begun ->
        [yes] { $address } からの応答が途中で遅くなり、時間内に終わりませんでした。
       *[no] { $address } から、時間内に応答がありませんでした。
    }サービスが混み合っているか、途中の機器が通信を止めています。
    .next = しばらくしてから、もう一度お試しください。続くときは、ネットワークの管理者か銀行にお問い合わせください。

captive_portal = ネットワークのログイン画面が応答しています
    .detail = { $address } の代わりに、ネットワークのログイン画面（{ $target }）が応答しました。ホテルや公衆無線LANなどでは、先にネットワークへのログインが必要です。
    .next = ブラウザーを開いてネットワークの利用手続きを済ませてから、もう一度お試しください。

server_names_no_host = サーバー証明書に接続先の名前がありません
    .detail = { $address } のサーバー証明書（{ $subject }）には、どのサーバーのものかが書かれていません。共通名（CN）だけでは確認できません。お客様の情報は送っていません。
    .next = 接続先の名前（SAN）を入れたサーバー証明書に替えるよう、サーバーの管理者または銀行にお知らせください。

server_algorithm_unsupported = サーバー証明書の署名方式に対応していません
    .detail = { $address } のサーバー証明書またはその認証局は、{ $algorithm } を使っています。このアプリでは確認できません。お客様の情報は送っていません。
    .next = 対応する方式（RSA 2048ビット以上、ECDSA P-256 または P-384）のサーバー証明書があるか、サーバーの管理者または銀行にお問い合わせください。

server_algorithm_weak = サーバー証明書の暗号が弱すぎます
    .detail = { $address } のサーバー証明書またはその認証局は、偽造のおそれがある { $algorithm } を使っています。お客様の情報は送っていません。
    .next = 新しいサーバー証明書に替えるよう、サーバーの管理者または銀行にお知らせください。

certificate_of_other_purpose = ログイン用の電子証明書ではありません
    .detail = 「{ $name }」を { $address } に送りましたが、断られました。この電子証明書の用途には、ログイン（クライアント認証）が含まれていません。
    .next = ログイン用の電子証明書を選んでください。

certificate_dates_contradict = 電子証明書の日付が矛盾しています
    .detail = 「{ $name }」は、有効期間の終わり（{ $until }）が始まり（{ $from }）より前です。どこでも使えません。このパソコンの時計とは関係ありません。
    .next = 発行元に再発行を依頼してください。

server_cannot_check_certificate = サーバー側で電子証明書を確認できていません
    .detail = 「{ $name }」は{ $until }まで有効ですが、{ $address } は有効期限切れ、または確認できない電子証明書として断りました。サーバー側の失効リスト（CRL）、認証局の証明書、時計のいずれかが古いおそれがあります。
    .next = パソコンの日付と時刻を確かめてください。正しければ、電子証明書は削除せず、{ $address } の管理者または銀行にお知らせください。

certificate_asked_later = このサイトは接続のあとで電子証明書を求めます
    .detail = { $address } は、一部のページを開くときに、接続をやり直して電子証明書を求める設定です。いまのTLSではこの方式を使えません。
    .next = ブラウザーで開いてみてください。開けないときは、接続のはじめに電子証明書を求める設定へ変えるよう、サイトの管理者にお問い合わせください。

access_forbidden = サーバーがアクセスを断りました（403）
    .detail = { $sent ->
        [yes] { $address } に「{ $name }」を送りましたが、403で断られました。この電子証明書の利用登録がないか、取り消されているか、このページを使う権限がないことが考えられます。
        [nothing] { $address } は電子証明書を求めましたが、送られなかったため 403と答えたことが考えられます。
       *[no] { $address } は 403と答えました。アドレスが違うか、このネットワークからの利用が許可されていないことが考えられます。
    }
    .next = { $sent ->
        [yes] 電子証明書の登録と権限を、サイトの管理者または銀行にお問い合わせください。
        [nothing] このサーバーで使う電子証明書を選んで、もう一度お試しください。なければ、サイトの管理者または銀行にお問い合わせください。
       *[no] アドレスを確かめてください。正しければ、サイトの管理者または銀行にお問い合わせください。
    }

server_login_required = ユーザー名とパスワードを求めるサーバーです
    .detail = { $address } は{ $status }と答え、{ $by ->
        [proxy] 途中のプロキシのユーザー名とパスワード
       *[web] Webのユーザー名とパスワード
    }を求めています。このアプリからは送っていません。
    .next = アドレスを確かめてください。正しければ、ブラウザーで開くか、管理者にお尋ねください。

bank_redirected = 別のアドレスへ案内されました
    .detail = { $address } は、{ $named ->
        [yes] { $target } へ移るように答えました。
        [plain] { $target } へ移るように答えました。移り先では通信が暗号化されません。
        [within] 同じサーバーの別のページへ移るように答えました。ブラウザー向けのページです。
       *[no] 別のアドレスへ移るように答えましたが、移り先を示していません。
    }このアプリは自動では移りません。
    .next = { $named ->
        [yes] { $target } が銀行から案内されたものなら、そのアドレスを入力してください。
        [plain] 銀行から案内されたアドレスを確かめてください。正しければ、銀行またはサイトの管理者にお知らせください。
        [within] 銀行から案内されたアドレスを確かめてください。正しければブラウザーで使うアドレスですので、サイトとして登録してください。
       *[no] 銀行から案内されたアドレスを確かめてください。
    }

page_answered = 銀行の応答の代わりにWebページが届きました
    .detail = { $address } が、このアプリでは読み取れないWebページを返しました。{ $adding ->
        [yes] このアプリでの手続きには対応していません。ブラウザーで使うサイトとして登録できます。
       *[no] メンテナンス中か、途中の機器が代わりに答えているおそれがあります。
    }
    .next = { $adding ->
        [yes] アドレスが正しければ、サイトとして登録してください。
       *[no] しばらくしてから、もう一度お試しください。続くときは、同じアドレスをブラウザーで開いて、お知らせがないか確かめてください。
    }

profile_unusable = 銀行の情報を読み取れません
    .detail = { $address } が公開している銀行の情報は、内容に食い違いがあります。すでに登録した銀行では、これまでの情報を使います。
    .next = アプリを更新してください。それでも続くときは、銀行にお知らせください。

certificate_login_elsewhere = 銀行のログイン先が別のサーバーです
    .detail = { $address } は、電子証明書でのログイン先として { $host } を示しています。銀行が別のサーバーを使うこともありますが、偽の情報のおそれもあります。何も登録していません。
    .next = { $host } が銀行のものかどうか、すでにご存じの電話番号で銀行にお確かめください。確かめられたときだけ、登録してください。

clock_wrong = パソコンの時計がずれています
    .detail = このパソコンの時計は、{ $address } の時計より約{ $amount }{ $unit ->
        [minutes] 分
        [hours] 時間
       *[days] 日
    }{ $direction ->
        [ahead] 進んで
       *[behind] 遅れて
    }います。このパソコンは{ $here }、{ $address } は{ $there }です（いずれも日本時間）。
    .next = 日付と時刻の設定を直してから、もう一度お試しください。

plain_http_answered = 暗号化していない応答がありました
    .detail = { $address } は、httpsではなくhttpで応答しました。お客様の情報は送っていません。
    .next = アドレスとポート番号を確かめてください。

tls_not_spoken = 暗号化した通信ができません
    .detail = { $address } では、TLSで通信するサービスが動いていません。
    .next = アドレスとポート番号を確かめてください。

tls_not_agreed = 暗号化の方式が合いません
    .detail = { $address } と、共通するTLSのバージョン、暗号、または鍵の種類がありません。このアプリはTLS 1.2と 1.3で接続し、RSA・P-256・P-384・Ed25519の鍵のサーバーを確認できます。
    .next = お取引店にご連絡ください。

bank_answer_unknown = 銀行からの応答が読み取れません
    .detail = { $fault ->
        [too-long] { $address } からの応答は、銀行の応答としては大きすぎます。
       *[unreadable] { $address } は対応していないサービスか、このアプリより新しいサービスです。
    }
    .next = アドレスを確かめ、アプリを更新してください。

bank_address_invalid = アドレスが正しくありません
    .detail = { $fault ->
        [empty] アドレスが入力されていません。
        [http] http:// で始まるアドレスには接続しません。通信が暗号化されないためです。
        [scheme] https:// で始まらないアドレスです。
        [login] アドレスの中に、ユーザー名またはパスワードが含まれています。どこにも送らず、保存もしていません。
        [blanks] アドレスの途中に空白や改行があります。
        [port] コロンのあとのポート番号は、1から 65535までの数字です。
       *[unreadable] 入力された内容を、アドレスとして読み取れません。
    }
    .next = 銀行から案内された https:// で始まるアドレスだけを入力してください。

link_unusable = このリンクは開けません
    .detail = リンクの書き方が正しくないか、このバージョンでは使えないものです。何も変更していません。
    .next = 銀行から案内されたWebアドレスを、銀行を登録するページに入力してください。

no_profile = ログインの画面ではなく、{ $status }が返ってきました
    .detail = { $address } は、HTTPの{ $status }{ $meaning ->
        [bad-request] （正しくない要求）
        [not-found] （見つかりません）
        [gone] （廃止）
        [legal] （法律上の理由で閲覧不可）
       *[other] {""}
    }で応答しました。銀行の応答でも、ログインのページでもありません。
    .next = { $adding ->
        [yes] アドレスが正しければ、サイトとして登録してください。
       *[no] アドレスを確かめてください。正しければ、しばらくしてからもう一度お試しください。続くときは、銀行またはサイトの管理者にお問い合わせください。
    }

not_a_bank = ここでは、この手続きはできません
    .detail = 「{ $bank }」は、ブラウザーで開くサイトとして登録されています。ログインや取得などの手続きは、サイトの中で行います。
    .next = ブラウザーでサイトを開いてください。

not_a_site = ブラウザーでは開きません
    .detail = 「{ $bank }」の手続きは、このアプリの中で行います。
    .next = このアプリからログインしてください。

bank_not_added = 銀行が登録されていません
    .detail = { $bank } という銀行は、このパソコンに登録されていません。
    .next = 先に銀行を登録してください。

certificate_not_found = 電子証明書が見つかりません
    .detail = 選んだ電子証明書は、このパソコンにありません。
    .next = 一覧を開き直して、選んでください。

contract_number_invalid = { $name }が正しくありません
    .detail = { $name }は{ $digits }桁の数字です。銀行には送っていません。
    .next = 銀行または管理者からの通知で{ $name }を確かめて、もう一度入力してください。

entrance_unknown = その種類のログインはありません
    .detail = この銀行のログインの種類は { $entrances } です。
    .next = 一覧から選んで、もう一度お試しください。

certificate_of_other_entrance = 別の種類のログインの電子証明書です
    .detail = 選んだ電子証明書「{ $name }」は、{ $entrance }では使えません。
    .next = { $fitting } に切り替えるか、{ $entrance }用の電子証明書を選んでください。

nobody_else_can_help = 失効すると、ほかに手続きできる方が社内にいなくなります
    .detail = 社内に、ご自身の電子証明書を失効または再発行できる方がほかにいません。失効したあと新しいパソコンで取得できないと、お取引店での書面の手続きになります。まだ何も失効していません。
    .next = 新しいパソコンの準備ができていることを確かめてから、承知のうえで進めてください。

guide_of_other_role = この手順は、別の利用者区分のものです
    .detail = パソコンの変更の手順は、{ $user } の利用者区分とは別の利用者区分で始められています。利用者区分により手順が異なるため、失効していません。
    .next = ご自身の利用者区分を選び直し、手順を始めからご覧ください。

certificate_not_spent = この電子証明書は残しました
    .detail = { $name } の電子証明書は、まだ必要かもしれないため、削除の対象から外しました。
    .next = 一覧をもう一度確かめてください。不要なことが確かであれば、その電子証明書だけを選んで削除してください。

certificate_not_yet_valid = { $clock ->
        [unconfirmed] この電子証明書はまだ有効期間の前か、このパソコンの時計が遅れています
       *[confirmed] この電子証明書はまだ有効期間の前です
    }
    .detail = { $name } の電子証明書は{ $from }（日本時間）から有効です。このパソコンの時計では、まだその前です。
    .next = パソコンの日付と時刻を確かめてください。合っている場合は、{ $from }を過ぎてからログインしてください。

no_usable_certificate = { $reason ->
        [deleted] 電子証明書はこのパソコンから削除されています
       *[none] 使える電子証明書がありません
    }
    .detail = { $reason ->
        [deleted] { $user } の電子証明書は、{ $dated ->
            [no] このパソコンの時計がずれていたときに
           *[yes] { $on }（日本時間）に
        }このパソコンから削除されました。元に戻すことはできません。{ $user } の電子証明書は1つだけで、{ $act ->
            [reissue] 再発行
           *[revoke] 失効
        }されるまで、銀行は新しい電子証明書を発行しません。
        [revoked] このパソコンにある { $name } の電子証明書は失効されており、ほかにこの銀行で使えるものがありません。
       *[none] このパソコンには、この銀行で使える電子証明書がありません。電子証明書は、取得したパソコンでだけ使えます。
    }
    .next = { $reason ->
        [deleted] { $helper ->
            [other_administrator] まだのときは別の管理者に{ $act ->
                [reissue] 再発行
               *[revoke] 失効
            }を依頼し、ここでもう一度取得してください。
            [revocation_form] まだのときは失効届をお取引店に提出し、ここでもう一度取得してください。
            [request_form] まだのときは所定の依頼書をお取引店に提出し、ここでもう一度取得してください。
            [telephone] まだのときは{ $called_bank }にお電話で再発行を依頼し、ここでもう一度取得してください。
            [branch] お取引店にご連絡ください。
           *[administrator] まだのときは管理者に{ $act ->
                [reissue] 再発行
               *[revoke] 失効
            }を依頼し、ここでもう一度取得してください。{ $role ->
                [unknown] 管理者ご自身の電子証明書のときは、「パソコンの変更」の手順をご覧ください。
               *[known] {""}
            }
        }
       *[none] { $methods ->
            [certificate] { $reason ->
                [revoked] { $issue ->
                    [another] 再発行がまだのときは、{ reissue-first }
                   *[holder] 新しい電子証明書をこのパソコンで取得してください。失効にお心当たりがない場合は、管理者にお問い合わせください。
                }
               *[none] このパソコンで電子証明書を取得してください。
            }
           *[both] { $reason ->
                [revoked] { $issue ->
                    [another] 再発行がまだのときは、{ reissue-first }
                   *[holder] 新しい電子証明書を取得するか、IDとパスワードでログインしてください。失効にお心当たりがない場合は、管理者にお問い合わせください。
                }
               *[none] 電子証明書を取得するか、IDとパスワードでログインしてください。
            }
        }
    }

several_certificates = 使える電子証明書がいくつかあります
    .detail = どの電子証明書を使うか、決められません：{ $names }
    .next = ログインIDを確かめて、1つを選んでください。

not_confirmed = 何も行っていません
    .detail = 確認の質問で「はい」（y）と答えられなかったため、中止しました。
    .next = 行うときは、もう一度実行して y と答えてください。

answer_missing = 入力が足りません
    .detail = { $kind ->
        [option] この手続きには、オプション { $field } の指定が必要です。
       *[answer] この手続きには { $field ->
            [login_password] ログインパスワード（login_password）
            [confirmation_password] 確認用パスワード（confirmation_password）
            [new_login_password] 新しいログインパスワード（new_login_password）
            [new_confirmation_password] 新しい確認用パスワード（new_confirmation_password）
            [new_approval_password] 新しい承認用パスワード（new_approval_password）
            [new_transfer_password] 新しい都度振込送信確認用パスワード（new_transfer_password）
            [new_user_login_password] 利用者の新しいログインパスワード（new_user_login_password）
            [pkcs12_password] ファイルのパスワード（pkcs12_password）
            [otp] ワンタイムパスワード（otp）
            [otp_next] 次のワンタイムパスワード（otp_next）
            [token_serial] トークンのシリアル番号（token_serial）
            [contract_id] 契約者番号（contract_id）
           *[other] { $field }
        } が必要です。
    }
    .next = 入力して、もう一度お試しください。

answer_unused = 使われない指定があります
    .detail = このコマンドは { $fields } を使いません。何も変更していません。
    .next = 指定を確かめて、もう一度お試しください。

nothing_to_change = 変更する項目がありません
    .detail = 指定がないか、いまの登録内容と同じです。何も変更していません。
    .next = 変更する項目を指定して、もう一度お試しください。

certificate_id_needed = 電子証明書をIDで指定してください
    .detail = 「{ $given }」では、どの電子証明書か決められません。このパソコンにあるもの：{ $candidates }
    .next = IDの先頭8文字以上を指定して、もう一度お試しください。

usage_invalid = コマンドの指定が正しくありません
    .detail = { $why }
    .next = 使い方は「{ $command } --help」で確かめられます。

output_unwritable = 結果を書き出せませんでした
    .detail = コマンドは終わりましたが、結果の出力に失敗しました（{ $cause }）。
    .next = 出力先の空きを確かめ、同じ操作を繰り返す前に、結果を一覧などで確かめてください。

file_unreadable = ファイルを読み取れません
    .detail = { $reason ->
        [missing] { $file } が見つかりません。
        [denied] { $file } を読み取る権限がありません。
       *[other] { $file } を読み取れません。
    }
    .next = { $reason ->
        [denied] ファイルの所有者または管理者に、読み取りの許可をお求めください。
       *[other] ファイルの名前と場所を確かめて、もう一度お試しください。
    }

file_not_regular = ファイルではありません
    .detail = { $kind ->
        [directory] { $file } はフォルダーです。
       *[device] { $file } はパイプや装置で、ファイルではありません。
    }何も読み取っていません。
    .next = ファイルを選んでください。

file_too_large = ファイルが大きすぎます
    .detail = { $file } は{ $limit }バイトより大きなファイルです。別のファイルを指定したおそれがあります。
    .next = ファイルを確かめて、もう一度お試しください。

ca_certificate_damaged = ファイルに読み取れない電子証明書があります
    .detail = { $file } の電子証明書{ $of }枚のうち、{ $number }枚目が壊れています。サーバーの認証局のものが欠けるおそれがあるため、1枚も使っていません。
    .next = ファイルをもう一度受け取るか、壊れている電子証明書を削除してください。

ca_file_unsuitable = 認証局の証明書のファイルではありません
    .detail = { $file } は{ $kind ->
        [empty] 空のファイルです。
        [zeros] 内容が失われています（すべてゼロです）。もう一度受け取ってください。
        [pkcs12] 秘密鍵の入った電子証明書のファイル（.p12、.pfx）です。
        [private_key] 秘密鍵のファイルです。
        [public_key] 公開鍵のファイルです。
        [certification_request] 証明書署名要求（.csr）です。
        [revocation_list] 失効リスト（.crl）です。
        [java_key_store] Javaのキーストアです。
        [key_database] 鍵のデータベースです。
        [ssh_key] SSHの鍵です。
        [open_pgp] OpenPGPの鍵かメッセージです。
        [archive] 圧縮されたファイルです。展開すると、中に電子証明書があるかもしれません。
        [web_page] Webページです。ダウンロードの途中でログインが切れたのかもしれません。
        [document] 文書または画像です。
        [mail] メールです。添付されたファイルを保存してください。
        [shortcut] ショートカットです。
       *[unknown] 電子証明書ではないか、壊れています。
    }
    .next = 銀行または管理者に、認証局の証明書（.cer、.crt、.pem、.p7b）をお求めください。

answers_not_json = 回答のファイルを読み取れません
    .detail = { $fault ->
        [empty] { $file } は空です。回答のファイルは {"{"}"項目名": "値"{"}"} の形です。
        [kind] { $file } は JSONですが、オブジェクトではありません。全体は {"{"}"項目名": "値"{"}"} の形です。
       *[syntax] { $file } の{ $line }行目、{ $column }文字目のあたりが、JSONの書き方と合いません。全体は {"{"}"項目名": "値"{"}"} の形です。
    }
    .next = { $fault ->
        [empty] 回答を書き込むか、--answers を付けずに実行してください。
        [kind] 回答を項目名とともに、1組の波かっこで囲んでください。
       *[syntax] その行の引用符、コンマ、かっこを確かめてください。
    }

file_not_unicode = ファイルの文字コードが違います
    .detail = { $file } の{ $line }行目に、UTF-8でもUTF-16でもない文字があります。
    .next = ファイルをUTF-8で保存し直してください。

answers_key_unknown = 回答のファイルに、使えない項目があります
    .detail = { $file } の{ $line }行目の項目「{ $key }」は使えません。使えるのは { $keys } です。
    .next = 項目名を直してください。

answers_key_twice = 回答のファイルに、同じ項目が2つあります
    .detail = { $file } の{ $line }行目の項目「{ $key }」は、それより前にもあります。
    .next = 1つだけ残してください。

answers_not_text = 回答のファイルの値が文字列ではありません
    .detail = { $file } の{ $line }行目の項目「{ $key }」の値は、引用符（"）で囲んだ文字列でなければなりません。
    .next = 値を引用符で囲んでください。

file_unwritable = ファイルを保存できません
    .detail = { $file } に書き込めません。
    .next = ディスクの空きと、保存先に書き込めることを確かめて、もう一度お試しください。

paper_not_needed = 書面は必要ありません
    .detail = いまの手順に、お取引店へ提出する書面はありません。
    .next = 「パソコンの変更」で、手順をお確かめください。

# Ends the next step of a store that was chosen.
-store-set-back = このパソコン本来の保管場所に戻すには、「設定」を開くか、「inkan settings store native」を実行してください。

store_unavailable = 電子証明書の保管場所を開けません
    .detail = このパソコンの電子証明書の保管場所を開けませんでした（{ $number }）。
    .next = もう一度お試しください。続く場合は、ヘルプデスクにお問い合わせ番号をお伝えください。{ -store-set-back }

store_folder_missing = 電子証明書の保管場所のフォルダーがありません
    .detail = { $place } は存在しません。
    .next = フォルダーの場所をお確かめください。{ -store-set-back }

store_not_a_folder = 電子証明書の保管場所がフォルダーではありません
    .detail = { $place } はフォルダーではなく、ファイルです。
    .next = データベースのあるフォルダーをお選びください。{ -store-set-back }

store_folder_foreign = フォルダーに電子証明書のデータベースがありません
    .detail = { $place } にはほかのファイルがあり、NSSデータベース（cert9.db、key4.db）はありません。何も変更していません。
    .next = データベースのあるフォルダーか、空のフォルダーをお選びください。{ -store-set-back }

store_not_permitted = 電子証明書の保管場所を読み取る権限がありません
    .detail = お使いのアカウントでは { $place } を読み取れません（{ $number }）。
    .next = システムの管理者に権限をご確認ください。{ -store-set-back }

store_read_only = 電子証明書の保管場所に書き込めません
    .detail = { $place } は読み取り専用です（{ $number }）。
    .next = フォルダーとファイルの書き込み権限、ディスクの状態をご確認ください。{ -store-set-back }

store_incomplete = 電子証明書のデータベースの一部がありません
    .detail = { $place } がありません。電子証明書と鍵は、cert9.db と key4.db の両方がそろっていないと使えません。何も変更していません。
    .next = バックアップからファイルを戻してください。バックアップがないときは、残っているファイルを別の場所へ移し、電子証明書を取得し直してください。{ -store-set-back }

store_damaged = 電子証明書のデータベースが壊れています
    .detail = { $place } を読み取れません。データベースが壊れているか、途中で切れています。何も変更していません。
    .next = バックアップから cert9.db と key4.db の両方を戻してください。バックアップがない場合は、空のフォルダーを保管場所に設定し、電子証明書を取得し直してください。{ -store-set-back }

store_old_format = 電子証明書のデータベースが古い形式です
    .detail = { $place } のデータベース（cert8.db）は古い形式のため、使えません。何も変更していません。
    .next = 「certutil -K -X -d sql:フォルダー」で新しい形式に変換してください。{ -store-set-back }

store_busy = 電子証明書の保管場所をほかのアプリが使用中です
    .detail = { $place } は、ほかのアプリが使用しています（{ $number }）。
    .next = ブラウザーなど、同じ保管場所を使うアプリを閉じて、もう一度お試しください。

store_path_unusable = 電子証明書の保管場所の名前が使えません
    .detail = { $place } という名前のフォルダーは使えません。
    .next = 別の名前のフォルダーをお選びください。{ -store-set-back }

store_other_open = 別の電子証明書データベースを開いています
    .detail = このアプリは { $place } を開いており、同時に2つは開けません。
    .next = アプリを終了し、もう一度起動してください。

store_nss_missing = NSSがインストールされていません
    .detail = 電子証明書の保管に必要なライブラリー（libsoftokn3）が見つかりません（{ $number }）。
    .next = システムの管理者に、NSSのインストール（Debian・Ubuntuではパッケージ libnss3）をご依頼ください。

store_no_home = ホームフォルダーが分かりません
    .detail = お使いのアカウントのホームフォルダーが分からないため、電子証明書の保管場所を開けません。
    .next = 環境変数 HOME をご確認いただくか、保管場所を指定してください。

store_keychain_missing = キーチェーンがありません
    .detail = このアカウントには、使用できるキーチェーンがありません（{ $number }）。
    .next = 「キーチェーンアクセス」で、デフォルトのキーチェーンをご確認ください。

store_module_missing = PKCS#11モジュールのファイルがありません
    .detail = { $place } は存在しません。
    .next = モジュールの場所をお確かめください。カードや装置のソフトウェアがインストールされていない場合は、インストールしてください。{ -store-set-back }

store_module_not_a_library = PKCS#11モジュールとして読み込めないファイルです
    .detail = { $place } はライブラリーではないか、壊れています。
    .next = カードや装置のソフトウェアに付属するモジュールをお選びください。{ -store-set-back }

store_module_of_other_system = このパソコン用ではないPKCS#11モジュールです
    .detail = { $place } は、別の種類のシステムまたはプロセッサー用です。
    .next = このパソコン用のモジュールをインストールしてください。{ -store-set-back }

store_module_needs_library = PKCS#11モジュールに必要なライブラリーがありません
    .detail = { $place } に必要な別のライブラリーを読み込めません（{ $number }）。
    .next = カードや装置のソフトウェアをインストールし直してください。{ -store-set-back }

store_module_not_pkcs11 = PKCS#11モジュールではありません
    .detail = { $place } はライブラリーですが、PKCS#11の機能がありません。
    .next = カードや装置のソフトウェアに付属するモジュールをお選びください。{ -store-set-back }

store_module_failed = PKCS#11モジュールを開始できません
    .detail = { $place } を開始できませんでした（{ $number }）。
    .next = カードや装置のソフトウェアの設定をご確認ください。{ -store-set-back }

store_reader_missing = カードリーダーが見つかりません
    .detail = { $place } は、カードリーダーも装置も検出していません。
    .next = カードリーダーまたは装置を接続し、もう一度お試しください。{ -store-set-back }

store_no_token = カードが入っていません
    .detail = カードリーダーにカードが入っていません（{ $place }）。
    .next = カードを入れて、もう一度お試しください。{ -store-set-back }

store_token_not_set_up = カードまたは装置が初期化されていません
    .detail = { $place } のカードまたは装置は、まだ初期化されていません。
    .next = カードや装置に付属するソフトウェアで初期化してください。{ -store-set-back }

store_token_unrecognised = カードを認識できません
    .detail = { $place } は、入っているカードに対応していません（{ $number }）。
    .next = カードの向きと、カードに合ったモジュールかどうかをご確認ください。{ -store-set-back }

store_token_unknown = 指定された名前のカードまたは装置がありません
    .detail = { $there ->
        [none] 「{ $token }」という名前のものはありません。ほかに接続されているものもありません。
       *[some] 「{ $token }」という名前のものはありません。接続されているもの：{ $tokens }
    }
    .next = 名前をお確かめください。{ -store-set-back }

store_locked = 電子証明書の保管場所を開くにはPINが必要です
    .detail = 電子証明書の入ったカードや装置は、PINで守られています。
    .next = もう一度お試しのうえ、PINを入力してください。

store_wrong_pin = PINが違います
    .detail = 入力されたPINでは電子証明書の保管場所を開けませんでした。
    .next = PINをお確かめのうえ、もう一度入力してください。続けて間違えるとロックされることがあります。

store_pin_locked = PINがロックされています
    .detail = 間違ったPINが続けて入力されたため、カードまたは装置がロックされました。
    .next = カードの場合は、管理者またはカードの発行元にロックの解除をご依頼ください。パソコンのセキュリティチップ（TPM）の場合は、しばらくすると解除されます。

token_removed = カードが見つかりません
    .detail = 電子証明書の入ったカードまたは装置が取り外されています。
    .next = カードまたは装置をつなぎ直してから、もう一度お試しください。

token_write_protected = カードまたは装置に書き込めません
    .detail = カードまたは装置が書き込み禁止になっています。何も変更していません。
    .next = 書き込みを許可するか、別の保管場所をお選びください。

key_denied = 鍵の使用が許可されませんでした
    .detail = 確認の画面で取り消されたか、パソコンの設定で鍵の使用が止められています。
    .next = もう一度操作し、確認の画面が出たら許可してください。

store_unsupported = このパソコンの電子証明書の保管場所には対応していません
    .detail = このアプリでは、この保管場所を使えません。
    .next = 対応する保管場所を選んでください。

certificate_unreadable = 電子証明書を読み取れません
    .detail = 「{ $name }」はこのパソコンにありますが、内容が電子証明書の規格（X.509）に合っていません。ログインには使えません。
    .next = 発行元に、電子証明書の再発行を依頼してください。この電子証明書は削除できます。

store_refused = 電子証明書の保管場所で操作できませんでした
    .detail = 何も変更していません。{ $known ->
        [yes] システムの番号は{ $number }です。
       *[no] {""}
    }
    .next = もう一度お試しください。続くときは、管理者にお問い合わせ番号をお伝えください。

key_missing = 電子証明書の鍵がありません
    .detail = 電子証明書はありますが、秘密鍵がこのパソコンにないか、もう開けません。別のアカウントでログインした、管理者がパスワードを初期化した、Windowsを修復・復元した、基板を交換した、などのあとに起こります。
    .next = 元に戻せないときは、管理者またはお取引店に失効または再発行を依頼し、この電子証明書を削除して、取得し直してください。

key_kind_unsupported = この種類の鍵では署名できません
    .detail = 鍵の種類は { $kind } です。このアプリで使えるのは { $supported } です。保管場所を変えても同じです。
    .next = 使える種類の鍵の電子証明書を、発行元に依頼してください。このパソコンから削除する必要はありません。

key_mismatch = 電子証明書と鍵が合いません
    .detail = 銀行から届いた電子証明書は、このパソコンの鍵のものではありません。何も保存していません。
    .next = お取引店にご連絡のうえ、お問い合わせ番号をお伝えください。

issued_certificate_refused = 銀行から届いた電子証明書は使えません
    .detail = { $fault ->
        [issuer] 発行元（{ $issuer }）が、この銀行の認証局ではありません。
        [signature] 署名が、発行元（{ $issuer }）のものではありません。
        [name] 名義が「{ $name }」で、「{ $expected }」ではありません。
        [authority] 利用者用ではなく、認証局の証明書です。
        [purpose] 用途に、ログイン（クライアント認証）が含まれていません。
        [dates] 有効期間の終わり（{ $until }）が、始まり（{ $from }）より前です。
        [expired] 有効期間が{ $until }に終わっています。銀行の時計では{ $now }です。
       *[early] 有効期間が{ $from }に始まります。銀行の時計では{ $now }です。
    }電子証明書は保存していません。このパソコンの鍵は残しているため、あとで続きから取得できます。
    .next = お取引店にご連絡のうえ、お問い合わせ番号をお伝えください。銀行での対応が済んだら、同じ手順でもう一度お試しください。

already_installed = この電子証明書はすでにこのパソコンにあります
    .detail = 同じ電子証明書がこのパソコンにあります。
    .next = そのままお使いください。

serial_number_taken = 同じシリアル番号の電子証明書があります
    .detail = このパソコンにある電子証明書（IDの先頭は { $id }）と、発行元とシリアル番号が同じです。このパソコンに保存できるのは、そのうち1つだけです。何も変更していません。
    .next = もう一度試しても、結果は同じです。どちらが正しいか、発行元にお問い合わせください。このパソコンの電子証明書は、正しくないと分かったときだけ削除してください。

import_unsupported = この保管場所には、外からこの鍵を取り込めません
    .detail = 鍵を自分で作る保管場所であるか、この種類の鍵に対応していません。
    .next = 別の保管場所を選ぶか、このパソコンで電子証明書を取得してください。

pkcs12_password_wrong = パスワードが違うか、ファイルが壊れています
    .detail = どちらであるかは、ファイルからは判断できません。何も取り込んでいません。
    .next = パスワードをもう一度入力してください。それでも開けないときは、ファイルを作り直してもらってください。

pkcs12_password_encoding = パスワードは合っていますが、中身を開けません
    .detail = パスワードの文字コードに、このアプリは対応していません。何も取り込んでいません。
    .next = ファイルの作成元に、半角の英字と数字だけのパスワードで作り直したファイルをお求めください。

pkcs12_unreadable = 鍵の入った電子証明書ファイルではありません
    .detail = PKCS#12形式（.p12、.pfx）ではないか、ファイルの一部が欠けています。
    .next = お受け取りになった .p12 または .pfx のファイルを選んでください。

file_empty = ファイルの中身がありません
    .detail = { $file } は空のファイルです。何も取り込んでいません。
    .next = ファイルをもう一度受け取るか、ダウンロードし直してください。

file_zeros = ファイルの内容が失われています
    .detail = { $file } の内容は、すべてゼロです。コピーやダウンロードが途中で終わったときに、このようなファイルになります。何も取り込んでいません。
    .next = ファイルをもう一度受け取るか、ダウンロードし直してください。

file_certificate_only = 電子証明書だけのファイルです（秘密鍵が入っていません）
    .detail = { $file } に入っているのは電子証明書だけです（.cer、.crt、.pem など）。秘密鍵がないと、ログインに使えません。
    .next = ファイルの作成元に、秘密鍵を含む .p12 または .pfx のファイルと、そのパスワードをお求めください。元のパソコンがあるときは、秘密鍵を含めて書き出してください。

file_certificate_collection = 電子証明書だけを集めたファイルです（秘密鍵が入っていません）
    .detail = { $file } はPKCS#7形式（.p7b、.p7c）などのファイルで、秘密鍵を入れられません。秘密鍵がないと、ログインに使えません。
    .next = ファイルの作成元に、秘密鍵を含む .p12 または .pfx のファイルと、そのパスワードをお求めください。

file_key_only = 秘密鍵だけのファイルです（電子証明書が入っていません）
    .detail = { $file } に入っているのは秘密鍵だけです（.key、.pem、.pvk など）。このままでは取り込めません。
    .next = ファイルの作成元に、秘密鍵と電子証明書を1つにまとめた .p12 または .pfx のファイルをお求めください。この秘密鍵のファイルは、ほかの人の手に渡らないところに保管してください。

file_key_and_certificate = 秘密鍵と電子証明書が入ったPEM形式のファイルです
    .detail = { $file } には両方が入っていますが、取り込めるのはPKCS#12形式（.p12、.pfx）です。何も取り込んでいません。
    .next = ファイルの作成元に、.p12 または .pfx への変換をお求めください（openssl pkcs12 -export で変換できます）。

file_other_key = 銀行の電子証明書ではない鍵のファイルです
    .detail = { $file } は{ $kind ->
        [ssh_key] SSHの鍵
        [open_pgp] OpenPGPの鍵かメッセージ
       *[public_key] 公開鍵
    }です。ログインには使えません。
    .next = お受け取りになった .p12 または .pfx のファイルを選んでください。

file_certification_request = 電子証明書の発行を申請するためのファイルです
    .detail = { $file } は証明書署名要求（.csr、.p10）で、電子証明書ではありません。
    .next = 発行元から届く電子証明書に秘密鍵を合わせた .p12 または .pfx のファイルを、作成元にお求めください。

file_revocation_list = 失効した電子証明書の一覧です
    .detail = { $file } は失効リスト（.crl）で、電子証明書ではありません。
    .next = お受け取りになった .p12 または .pfx のファイルを選んでください。

file_java_key_store = Javaのキーストアです
    .detail = { $file } はJKSなどの形式（.jks、.keystore）で、このままでは取り込めません。
    .next = ファイルの作成元に、.p12 または .pfx への変換をお求めください（keytool -importkeystore -deststoretype PKCS12 で変換できます）。

file_key_database = 鍵を保管しているデータベースのファイルです
    .detail = { $file } はブラウザーやシステムが使うファイルで、このままでは取り込めません。
    .next = 元のブラウザーまたはシステムの画面で、電子証明書を秘密鍵とともに .p12 または .pfx に書き出してください。

file_archive = 圧縮されたファイルです
    .detail = { $file } はZIPなどの書庫で、このままでは取り込めません。
    .next = 展開して、中にある .p12 または .pfx のファイルを選んでください。

file_web_page = Webページのファイルです
    .detail = { $file } には、電子証明書の代わりにWebページが保存されています。ダウンロードの途中でログインが切れたときなどに起こります。
    .next = ダウンロードのページにもう一度ログインし、電子証明書のファイルをダウンロードし直してください。

file_document = 文書または画像のファイルです
    .detail = { $file } はPDFなどの文書または画像で、電子証明書ではありません。
    .next = 一緒にお受け取りになった .p12 または .pfx のファイルを選んでください。

file_mail = メールのファイルです
    .detail = { $file } は保存されたメールで、電子証明書ではありません。
    .next = メールを開き、添付されている .p12 または .pfx のファイルを保存して、それを選んでください。

file_shortcut = ショートカットです
    .detail = { $file } は別のファイルまたはWebページを指しているだけで、電子証明書は入っていません。
    .next = 指している先の .p12 または .pfx のファイルを選んでください。

pkcs12_unprotected = ファイルに改ざんを防ぐ情報がありません
    .detail = 途中で書き換えられていないことを確かめられません。何も取り込んでいません。
    .next = ファイルの作成元に、改ざん検知（MAC）付きのファイルをお求めください。安全な方法で受け取り、出所が確かなときだけ、確かめずに取り込めます。

pkcs12_encryption_unknown = ファイルの暗号方式に対応していません
    .detail = このアプリでは { $algorithm } を扱えません。
    .next = ファイルの作成元に、AES-256で暗号化したファイルをお求めください。

pkcs12_too_many_iterations = ファイルを開くのに時間がかかりすぎます
    .detail = 繰り返し回数が{ $iterations }回と指定されています。{ $limit }回まで受け付けます。何も取り込んでいません。
    .next = 出所の分からないファイルは使わず、新しいファイルをお求めください。

pkcs12_too_large = ファイルが大きすぎます
    .detail = 電子証明書のファイルとしては大きすぎるか、入れ子が深すぎます。
    .next = お受け取りになった .p12 または .pfx のファイルを選んでください。

pkcs12_without_key = ファイルに秘密鍵がありません
    .detail = 電子証明書だけのファイルです。秘密鍵がないと、電子証明書でログインできません。
    .next = 作成したパソコンで、秘密鍵を含めてもう一度書き出してください。

pkcs12_without_certificate = ファイルに電子証明書がありません
    .detail = 秘密鍵{ $count }個だけのファイルです。電子証明書がないと、秘密鍵でログインできません。何も取り込んでいません。
    .next = 作成したパソコンで、電子証明書と秘密鍵を合わせてもう一度書き出してください。

pkcs12_certificate_unreadable = ファイルの中の電子証明書を読み取れません
    .detail = パスワードは正しく、秘密鍵も入っています。{ $fault ->
        [date] 電子証明書の有効期間（{ $from } ～ { $until }）に、存在しない日時か、時差の分からない日時があります。
       *[other] 電子証明書の内容が、規格（X.509）に合っていません。
    }何も取り込んでいません。
    .next = 発行元に、電子証明書の再発行を依頼してください。

pkcs12_key_mismatch = 鍵と電子証明書の組み合わせが合いません
    .detail = ファイルの中に、その秘密鍵に対応する電子証明書がありません。何も取り込んでいません。
    .next = ファイルを作り直してもらってください。

several_keys = ファイルに鍵が複数あります
    .detail = 入っているのは { $names } です。
    .next = 取り込むものを1つ選んでください。

key_number_unknown = 指定した鍵は、ファイルにありません
    .detail = 「{ $given }」に当たる鍵がありません。ファイルの鍵は{ $count }個で、{ $count ->
        [1] 番号は1です
       *[other] 番号は1から{ $count }までです
    }。何も取り込んでいません。
    .next = プレビューに表示される鍵の番号か、電子証明書のIDの先頭8文字以上を指定してください。

several_files = 一度に取り込めるファイルは{ $most }件までです
    .detail = { $count }件のファイルを受け取りました。何も取り込んでいません。
    .next = 取り込むファイルだけを選んでください。

acquisition_running = { $user } の電子証明書は取得中です
    .detail = このパソコンの別の画面で取得しています。
    .next = そちらが終わるまでお待ちください。動いていないときは、閉じてからもう一度お試しください。

acquisition_cancelled = 取得を中断しました
    .detail = ここまでに済んだことは、このパソコンに残っています。
    .next = 都合のよいときに、続きから取得してください。再発行は必要ありません。

no_acquisition_waiting = 途中の取得はありません
    .detail = このパソコンには、{ $user } の途中の取得がありません。
    .next = 電子証明書の一覧に見当たらないときは、はじめから取得してください。

deletion_incomplete = 削除しきれませんでした
    .detail = { $left } がまだ残っています。
    .next = ほかのアプリを閉じて、もう一度削除してください。

data_unusable = アプリのデータを読み書きできません
    .detail = { $file } を読み書きできません。
    .next = 空き容量と権限を確かめてください。

unrecognised = 対応していない応答です
    .detail = 銀行から、このアプリが対応していない応答がありました。
    .next = アプリを更新してください。

app_fault = アプリで問題が起きました
    .detail = 手続きを終えられませんでした。
    .next = アプリを開き直してください。続くときは、管理者にお問い合わせ番号をお伝えください。
