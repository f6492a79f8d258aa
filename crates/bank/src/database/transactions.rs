use inkan_profile::LocalText;
use inkan_protocol::Transaction;
use sqlx::FromRow;

use super::{Connection, columns};

#[derive(FromRow)]
struct Row {
    kind_ja: String,
    kind_en: String,
    payments: i64,
    amount_yen: i64,
    awaits_approval: i64,
}

/// Adds a transaction of a contract.
pub(crate) async fn add(
    connection: &mut Connection,
    contract: &str,
    id: &str,
    transaction: &Transaction,
) -> Result<(), sqlx::Error> {
    sqlx::query(
        "INSERT INTO transactions (id, contract, kind_ja, kind_en, payments, amount_yen, awaits_approval) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(id)
    .bind(contract)
    .bind(&transaction.kind.ja)
    .bind(&transaction.kind.en)
    .bind(i64::from(transaction.count))
    .bind(i64::from(transaction.amount_yen))
    .bind(i64::from(transaction.awaits_approval))
    .execute(connection)
    .await?;
    Ok(())
}

/// Returns the pending transactions of a contract (S1-18), those for approval first.
pub(crate) async fn of_contract(connection: &mut Connection, contract: &str) -> Result<Vec<Transaction>, sqlx::Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT kind_ja, kind_en, payments, amount_yen, awaits_approval FROM transactions \
         WHERE contract = $1 ORDER BY awaits_approval DESC, id",
    )
    .bind(contract)
    .fetch_all(connection)
    .await?;
    rows.into_iter()
        .map(|row| {
            Ok(Transaction {
                kind: LocalText { ja: row.kind_ja, en: row.kind_en },
                count: columns::number(row.payments)?,
                amount_yen: columns::number(row.amount_yen)?,
                awaits_approval: row.awaits_approval != 0,
            })
        })
        .collect()
}
