use std::sync::Arc;

use tokio::sync::OnceCell;

use crate::bank::{Bank, Storage};
use crate::fault::Fault;
use crate::load::Load;
use crate::plan::Plan;
use crate::postgres::Cluster;

/// What all rows share.
pub(crate) struct Context {
    pub(crate) plan: Plan,
    cluster: OnceCell<Arc<Cluster>>,
}

impl Context {
    pub(crate) fn new(plan: Plan) -> Self {
        Self { plan, cluster: OnceCell::new() }
    }

    /// Returns a new database for each kind of storage.
    pub(crate) async fn storages(&self) -> Result<[Storage; 2], Fault> {
        Ok([Storage::Sqlite, self.postgres().await?])
    }

    /// Returns a new database of the one PostgreSQL cluster.
    pub(crate) async fn postgres(&self) -> Result<Storage, Fault> {
        let cluster = self.cluster.get_or_try_init(async || Cluster::start()).await?;
        Ok(Storage::Postgres(cluster.database().await?))
    }

    /// Starts a bank on SQLite.
    pub(crate) fn bank(&self) -> Result<Bank, Fault> {
        Bank::start(Storage::Sqlite)
    }

    /// Returns the usual load over connections that stay open.
    pub(crate) fn load(&self) -> Load {
        Load { clients: self.plan.connections, time: self.plan.time, fresh: false }
    }
}
