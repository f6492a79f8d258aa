# 管理: 利用者、ハードトークン、ご契約の停止

administration-parts = 管理の項目
administration-users = 利用者
administration-tokens = ハードトークンの失効
administration-freeze = ご契約の停止
confirmation-own = ご自身（{ $user }）の{ $password }
required = 必須

# 証明書の状態
state-issued = 発行済・未取得
state-valid = 有効
state-expired = 有効期限切れ
state-superseded = 更新済み
state-revoked = 失効
state-lapsed = 取得期限切れ
state-none = 未発行

# 利用者の一覧
users-title = 利用者の管理
users-lead = 利用者の電子証明書を確かめ、必要な手続きをします
users-search = ログインIDか名前で探す
users-found = { $count }人
users-none = あてはまる利用者はいません。
users-only-locked = ロック中の利用者だけを表示する
users-none-locked = ロック中の利用者はいません。
users-user = 利用者
users-certificate = 電子証明書
users-token = ハードトークン
users-act = 手続き
users-locked = ロック中
users-own = { $name }（ご自身）
users-good-until = { $date }まで
users-acquire-by = 取得期限：{ $date }
users-open = 開く
users-open-this = { $user } を開く

# ひとりの利用者
user-lead = 電子証明書、ハードトークン、パスワードの状態です
user-no-certificate = まだ発行されていません。
user-act = 電子証明書の手続き
user-own-form = ご自身の電子証明書の再発行と失効は、セキュリティ上の観点から、ここではできません。所定の依頼書を{ $branch }に提出し、お手続きください。
user-own-telephone = ご自身の電子証明書の再発行と失効は、ここではできません。{ $bank }へお電話ください。{ $branch } { $telephone }（{ $hours }）
bank-itself = 銀行
user-tokens = 失効の手続きへ進む
user-passwords = パスワードのロック
user-nothing-locked = ロックされていません。
user-locked = { $passwords }がロックされています。
user-own-locked = ご自身のロックは解除できません。ほかの管理者に依頼してください。
user-edit = 登録内容を変更する
users-back = 利用者の一覧に戻る
fact-standing = 電子証明書の状態：
fact-issue-number = 発行番号
fact-registered = 発行日
fact-deadline = 取得期限
fact-not-after = 有効期限
fact-activation-from = 次の利用開始登録

# 電子証明書の手続き
act-title = { $name } 様（{ $user }）の電子証明書
act-choice = 電子証明書をどうしますか
act-keep = 現在の電子証明書を継続する
act-keep-what = いまの電子証明書を、そのまま使います。
act-keep-expired = 有効期限が切れているため、継続はできません。
act-keep-submit = 継続する
act-keep-busy = 登録しています
act-reissue = 再発行する
act-reissue-what = いまの電子証明書はすぐに使えなくなります。{ $name } 様が新しい電子証明書を取得します。元には戻せません。
act-reissue-submit = 再発行する
act-reissue-busy = 再発行しています
act-revoke = 失効する
act-revoke-what = { $name } 様は、この電子証明書でログインできなくなります。使うパソコンで新しい電子証明書を取得できます。元には戻せません。
act-revoke-for-good-what = { $name } 様は、この電子証明書でログインできなくなります。もう一度使うには、再発行が必要です。元には戻せません。
act-revoke-own-what = ご自身の電子証明書です。この電子証明書ではログインできなくなり、いまのログインも終わります。元には戻せません。
act-revoke-alone = ほかに手続きできる管理者がいません。新しいパソコンで取得し直せないときは、お取引店での書面の手続きになります。新しいパソコンの準備ができていることを確かめてください。
act-revoke-submit = 失効する
act-revoke-busy = 失効しています
revoke-busy = 失効しています
act-submit = 実行する
act-none = 手続きしない
act-none-what = 電子証明書には何もしません。

# ロックの解除
unlock-title = { $name } 様のロックを解除しますか
unlock-what = { $passwords }のロックを解除します。ご本人が、前と同じパスワードでもう一度試せます。
unlock-token-title = { $name } 様のハードトークンのロックを解除しますか
unlock-token-what = ご本人が、同じトークンのワンタイムパスワードでもう一度試せます。
unlock-submit = ロックを解除する
unlocked-passwords = パスワードのロックを解除しました。
unlocked-token = ハードトークンのロックを解除しました。

# 登録内容の変更
edit-title = { $name } 様の登録内容の変更
edit-lead = 変更した項目だけを登録します
edit-id = { $term } { $user }
edit-role = 利用権限
edit-single-transfer = 都度振込を利用する
edit-limit = 都度振込取扱限度額（千円）
edit-limit-hint = 0にすると、{ $bank }所定の限度額になります。
edit-forced-change = パスワードの強制変更
edit-forced-change-what = 次のログインで、ご本人がパスワードを変更します。
edit-change-period = 変更期間（日）
edit-change-period-hint = パスワードを変更するまでの日数です。空欄のときは、期間はありません。
edit-alarm-period = アラーム期間（日）
edit-alarm-period-hint = 変更期間が終わる何日前からお知らせするかです。
edit-withheld = { $role }の権限では、{ $password }を登録できません。
edit-digits = 数字だけを入力してください。
edit-passwords = パスワード
edit-set-password = 新しい{ $password }を設定する
edit-new-password = 新しい{ $password }
edit-new-password-again = 確認のため、もう一度
edit-again-open = 同じものを、もう一度入力してください。
edit-again-same = 同じものが入力されました。
edit-again-differs = 入力が違います。
edit-login-password-what = ご本人に伝えてください。次のログインで、ご本人が変更します。
edit-companies = 利用企業
company-code = 会社コード
company-account = 口座情報
company-contracts = 契約種別
edit-submit = 登録
edit-busy = 登録しています
edit-reset = 表示したときの内容に戻す
edit-unchanged = まだ変更はありません。

# 完了
done-edit = { $user } の登録が完了しました
done-keep = { $user } の電子証明書を継続します
done-reissue = { $user } の電子証明書を再発行しました
done-revoke = { $user } の電子証明書を失効しました
done-edit-what = { $name } 様（{ $user }）の登録内容を変更しました。
done-edit-reissue-what = { $name } 様（{ $user }）の登録内容を変更し、電子証明書を再発行しました。前の電子証明書は、もう使えません。
done-keep-what = { $name } 様（{ $user }）は、いまの電子証明書をそのまま使えます。
done-reissue-what = { $name } 様（{ $user }）の電子証明書を再発行しました。前の電子証明書は、もう使えません。
done-revoke-what = { $name } 様（{ $user }）の電子証明書を失効しました。
done-revoke-own-what = ご自身（{ $user }）の電子証明書を失効しました。いまのログインは終わりました。
done-own-next = 新しいパソコンで、電子証明書を取得してください。古い電子証明書は、このパソコンから削除できます。
done-revoke-next = もう一度使うときは、この利用者を開いて再発行してください。
done-notice = 再発行したことを、すべての管理者にお知らせしました。
done-users = 利用者の一覧に戻る
done-user = { $user } を開く
done-start = ログインの画面に戻る
tell-title = { $name } 様に伝えてください
tell-copy = この内容をコピーする
tell-about = { $service } の電子証明書を取得してください。
tell-fact = { $name }：{ $value }
tell-acquire = 使うパソコンで「電子証明書を取得する」を選び、上の内容と、ご本人の{ $password }を入力します。
tell-otp = ハードトークンのワンタイムパスワードも入力します。
tell-token = ハードトークンの利用開始登録がまだのため、トークンのシリアル番号も入力します。
tell-token-note = { $name } 様のハードトークンは、利用開始登録がまだ済んでいません。登録していない場合は、別途登録が必要です。ご本人が取得のときに登録できます。
tell-login = そのパソコンから、新しい電子証明書でログインします。
tell-delete = 古い電子証明書が残っていれば、削除します。

# ハードトークンの失効
tokens-title = ハードトークンの失効
tokens-lead = 新しいトークンに替える利用者を選びます
tokens-choose = 選択
tokens-state = ワンタイムパスワード状態
tokens-until = ハードトークン有効期限
tokens-engraved = 有効期限は、トークンの裏面に「月/日/西暦下2桁」で刻印されています。
tokens-engraved-as = 刻印：{ $engraved }
tokens-dash = ワンタイムパスワードが必要のない利用者は、「{ $state }」欄で「-」で表示しています。
tokens-by-expiry = 有効期限（刻印）で選ぶ
tokens-steps = 現在登録中のトークンと、お届けしたトークンをご準備のうえ、次の2つの操作をお願いします。
tokens-step-revoke = 現在登録中のトークンの失効
tokens-step-activate = お届けしたトークンの利用開始登録
tokens-step-activate-from = お届けしたトークン（有効期限が「{ $engraved }」（{ $date }）以降のもの）の利用開始登録
tokens-lost = トークンの紛失等のときは、{ $roles }が失効操作をしてください。紛失したトークンは必要ありません。
tokens-paper = 失効操作ができない場合、書面によるお手続きが必要となります。詳しくは{ $where }までお問い合わせください。
contact = { $name }：{ $telephone }（{ $hours }）
tokens-from = { $from }から登録できます
tokens-shared = 1つのトークンを複数の方で使っているときは、使っている方をすべて選んでください。
tokens-own-unusable = ご自身のトークンが使えないため、失効の手続きができません。ほかの{ $roles }に依頼してください。ほかにいない場合は、書面によるお手続きが必要となります。
tokens-count = { $count }人を選んでいます
tokens-revoke = 選んだ利用者のトークンを失効する
tokens-dialog-title = { $count }人のハードトークンを失効しますか
tokens-dialog-what = 失効すると、次の方はワンタイムパスワードを利用できなくなります。元には戻せません。
tokens-wait = ハードトークンの再登録は、失効の{ $minutes }分後に実施可能となります。
tokens-wait-night = { $night_from }から{ $over_midnight ->
    [yes] 翌日{ $night_to }
   *[no] { $night_to }
}までに失効された場合は、{ $morning }以降に実施可能となります。
tokens-wait-closed = { $night_from }から{ $morning }までは、実施できません。
tokens-shared-by = 該当するトークンは、{ $users }もご利用です。ご利用されているすべての利用者に対し、失効操作をしてください。
tokens-add-sharers = 全員を選ぶ
tokens-shared-still = 該当するトークンは、{ $users }がまだご利用です。ご利用されているすべての利用者に対し、失効操作をしてください。
tokens-otp = ご自身のトークンのワンタイムパスワード
tokens-submit = 失効する
tokens-revoked-title = ハードトークンを失効しました
tokens-revoked-lead = 選んだ利用者に、次のことを伝えてください
tokens-revoked-what = 選んだ利用者は、ワンタイムパスワードを利用できなくなりました。
tokens-revoked-from = { $from }から、新しいトークンの利用開始登録ができます。
tokens-back = トークンの一覧に戻る
token-unregistered = 未登録
token-active = サービス利用中
token-expired = ハードトークン有効期限切れ
token-revoked = 失効中
token-locked = ロック
token-out-of-step = 時刻ずれ

# 時刻合わせ
resync-open = 時刻を合わせる
resync-open-own = ご自身のトークンの時刻を合わせる
resync-title = ハードトークンの時刻合わせ
resync-lead = 続けて表示される2つの数字で、時刻を合わせます
resync-submit = 時刻を合わせる
resync-done = ハードトークンの時刻を合わせました。
resync-back = 戻る
token-out-of-step-note = ハードトークンの時刻がずれています。時刻を合わせると、また使えます。

# 再発行のお知らせ
reissue-note = お心当たりがなければ、すぐにご契約を停止してください。
reissue-open = 詳しく見る
notice-freeze = ご契約の停止へ進む

# ご契約の停止
freeze-title = ご契約の停止
freeze-lead = 不正な操作の疑いがあるとき、すべての利用をすぐに止めます
freeze-what-title = 停止すると
freeze-what-everybody = ログイン中の方は、ご自身も含めて全員がログアウトします。
freeze-what-nobody = だれもログインできません。
freeze-what-issue = 電子証明書の取得もできません。
freeze-what-open = 停止の解除は、お取引店だけが行えます。
freeze-less = 1人だけを止めるときは、その利用者の電子証明書を失効してください。
freeze-branch = お問い合わせは{ $branch }へ。{ $telephone }（{ $hours }）
freeze-submit = 停止の手続きへ進む
freeze-ask = ご契約を停止しますか
freeze-ask-company = { $company } 様のご契約を停止しますか
freeze-ask-what = 全員がログアウトし、お取引店が解除するまで、だれも利用できません。
freeze-submit-now = 停止する
frozen-title = ご契約を停止しました
frozen-what = 全員がログアウトしました。だれもこのサービスを利用できません。
frozen-branch = このあとは{ $branch }へお電話ください。{ $telephone }（{ $hours }）
frozen-next = このあとは、お取引店へご連絡ください。
