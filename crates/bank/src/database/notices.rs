use inkan_profile::LocalText;
use inkan_protocol::{Notice, NoticeLine};
use sqlx::FromRow;

use super::{Connection, columns};

#[derive(FromRow)]
struct Row {
    id: String,
    title_ja: String,
    title_en: String,
    body_ja: String,
    body_en: String,
    published: i64,
    read_by: Option<String>,
    reader: Option<String>,
    warns: i64,
}

/// Who may read a notice.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Reader<'a> {
    /// Every user of the contract.
    Everyone,
    /// One user, whom the notice warns of a fraud (M7).
    Warned(&'a str),
    /// One user, whom the notice informs.
    Informed(&'a str),
}

/// Adds a notice to a contract, for its readers.
pub(crate) async fn add(
    connection: &mut Connection,
    contract: &str,
    reader: Reader<'_>,
    id: &str,
    notice: &Notice,
) -> Result<(), sqlx::Error> {
    let (user, warns) = match reader {
        Reader::Everyone => (None, false),
        Reader::Warned(user) => (Some(user), true),
        Reader::Informed(user) => (Some(user), false),
    };
    sqlx::query(
        "INSERT INTO notices (id, contract, title_ja, title_en, body_ja, body_en, published, user_id, warns) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(id)
    .bind(contract)
    .bind(&notice.title.ja)
    .bind(&notice.title.en)
    .bind(&notice.body.ja)
    .bind(&notice.body.en)
    .bind(notice.published.unix_timestamp())
    .bind(user)
    .bind(i64::from(warns))
    .execute(connection)
    .await?;
    Ok(())
}

/// Returns the notices that a user may read, latest first (S1-19).
pub(crate) async fn lines(
    connection: &mut Connection,
    contract: &str,
    user: &str,
) -> Result<Vec<NoticeLine>, sqlx::Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT n.id, n.title_ja, n.title_en, n.body_ja, n.body_en, n.published, r.user_id AS read_by, \
         n.user_id AS reader, n.warns FROM notices n LEFT JOIN notices_read r ON r.notice = n.id AND r.user_id = $2 \
         WHERE n.contract = $1 AND (n.user_id IS NULL OR n.user_id = $2) ORDER BY n.published DESC, n.id",
    )
    .bind(contract)
    .bind(user)
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(NoticeLine {
                id: row.id,
                title: LocalText { ja: row.title_ja, en: row.title_en },
                published: columns::time(row.published)?,
                unread: row.read_by.is_none(),
                personal: row.reader.is_some() && row.warns != 0,
            })
        })
        .collect()
}

/// Returns a notice, if the user may read it.
pub(crate) async fn find(
    connection: &mut Connection,
    contract: &str,
    reader: &str,
    id: &str,
) -> Result<Option<Notice>, sqlx::Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, title_ja, title_en, body_ja, body_en, published, NULL AS read_by, \
         user_id AS reader, warns FROM notices WHERE contract = $1 AND id = $2 AND (user_id IS NULL OR user_id = $3)",
    )
    .bind(contract)
    .bind(id)
    .bind(reader)
    .fetch_optional(connection)
    .await?;
    row.map(|row| {
        Ok(Notice {
            title: LocalText { ja: row.title_ja, en: row.title_en },
            body: LocalText { ja: row.body_ja, en: row.body_en },
            published: columns::time(row.published)?,
        })
    })
    .transpose()
}

/// Records that the user has opened a notice.
pub(crate) async fn mark_read(connection: &mut Connection, id: &str, user: &str) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO notices_read (notice, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING")
        .bind(id)
        .bind(user)
        .execute(connection)
        .await?;
    Ok(())
}
