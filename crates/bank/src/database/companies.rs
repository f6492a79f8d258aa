use inkan_profile::LocalText;
use inkan_protocol::CompanyRecord;
use sqlx::FromRow;

use super::Connection;

#[derive(FromRow)]
struct Row {
    code: String,
    name: String,
    account_ja: String,
    account_en: String,
    contracts_ja: String,
    contracts_en: String,
    chosen: Option<String>,
}

/// Returns the companies of a contract, and which of them the user may act for (S4-12).
pub(crate) async fn of_user(
    connection: &mut Connection,
    contract: &str,
    user: &str,
) -> Result<Vec<CompanyRecord>, sqlx::Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT c.code, c.name, c.account_ja, c.account_en, c.contracts_ja, c.contracts_en, u.code AS chosen \
         FROM companies c LEFT JOIN user_companies u ON u.code = c.code AND u.user_id = $2 \
         WHERE c.contract = $1 ORDER BY c.code",
    )
    .bind(contract)
    .bind(user)
    .fetch_all(connection)
    .await?;
    let record = |row: Row| CompanyRecord {
        code: row.code,
        name: row.name,
        account: LocalText { ja: row.account_ja, en: row.account_en },
        contracts: LocalText { ja: row.contracts_ja, en: row.contracts_en },
        chosen: row.chosen.is_some(),
    };
    Ok(rows.into_iter().map(record).collect())
}

/// Adds a company to a contract.
pub(crate) async fn add(
    connection: &mut Connection,
    contract: &str,
    company: &CompanyRecord,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO companies (contract, code, name, account_ja, account_en, contracts_ja, contracts_en) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(contract)
    .bind(&company.code)
    .bind(&company.name)
    .bind(&company.account.ja)
    .bind(&company.account.en)
    .bind(&company.contracts.ja)
    .bind(&company.contracts.en)
    .execute(connection)
    .await?;
    Ok(())
}

/// Sets the companies that the user may act for.
pub(crate) async fn choose<'a>(
    connection: &mut Connection,
    user: &str,
    codes: impl IntoIterator<Item = &'a str>,
) -> Result<(), sqlx::Error> {
    sqlx::query("DELETE FROM user_companies WHERE user_id = $1").bind(user).execute(&mut *connection).await?;
    for code in codes {
        sqlx::query("INSERT INTO user_companies (user_id, code) VALUES ($1, $2) ON CONFLICT DO NOTHING")
            .bind(user)
            .bind(code)
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}
