use super::Connection;

/// Returns the content stored under a name.
pub(crate) async fn find(connection: &mut Connection, name: &str) -> Result<Option<Vec<u8>>, sqlx::Error> {
    sqlx::query_scalar("SELECT content FROM own_keys WHERE name = $1").bind(name).fetch_optional(connection).await
}

/// Stores content under a new name.
pub(crate) async fn add(connection: &mut Connection, name: &str, content: &[u8]) -> Result<(), sqlx::Error> {
    sqlx::query("INSERT INTO own_keys (name, content) VALUES ($1, $2)")
        .bind(name)
        .bind(content)
        .execute(connection)
        .await?;
    Ok(())
}
