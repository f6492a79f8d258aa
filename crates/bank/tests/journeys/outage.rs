//! Tests a database that is stopped during a request, and started again.

use inkan_protocol::path;
use sqlx::{Connection, Executor};

use crate::cluster::{self, Cluster};
use crate::test_bank::{HANAKO, ICHIRO, TestBank};

#[tokio::test]
async fn a_database_stopped_in_the_middle_of_a_request_fails_closed_and_the_bank_goes_on() {
    if !cluster::is_chosen() {
        return;
    }
    let cluster: &'static Cluster = Box::leak(Box::new(Cluster::start()));
    let bank = TestBank::on(cluster.database().await).await;
    let issued = bank.acquire(HANAKO).await;
    let (hanako, ichiro) = (bank.log_in_with(&issued, HANAKO.1).await, bank.log_in(ICHIRO).await);

    // The confirmation password's transaction waits for the one that writes: a request in its midst.
    let mut beside = bank.database().await;
    beside.execute("SELECT pg_advisory_lock(453589623150)").await.unwrap();
    let revoking = tokio::spawn({
        let ichiro = ichiro.clone();
        async move { ichiro.change_certificate("hanakodt", "revoke", "Kakunin02").await }
    });
    let waiting = "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted";
    while sqlx::query_scalar::<_, i64>(waiting).fetch_one(&mut beside).await.unwrap() == 0 {}
    cluster.stop();
    revoking.await.unwrap().refused("bank_unavailable");

    hanako.get(path::TOP).await.refused("bank_unavailable");
    bank.portal().log_in(ICHIRO).await.refused("bank_unavailable");
    cluster.go_on();
    // Nothing was done, and everything can be.
    hanako.get(path::TOP).await.ok();
    ichiro.change_certificate("hanakodt", "revoke", "Kakunin02").await.ok();
    hanako.get(path::TOP).await.refused("certificate_revoked");
    bank.server.stop().await;
    cluster.stop();
}

#[tokio::test]
async fn a_locked_sqlite_file_fails_closed_and_the_bank_goes_on() {
    if cluster::is_chosen() {
        return;
    }
    let bank = TestBank::open().await;
    bank.acquire(HANAKO).await;
    let ichiro = bank.log_in(ICHIRO).await;
    let mut beside = bank.database().await;
    beside.execute("BEGIN IMMEDIATE").await.unwrap();
    ichiro.change_certificate("hanakodt", "revoke", "Kakunin02").await.refused("bank_unavailable");
    beside.execute("ROLLBACK").await.unwrap();
    beside.close().await.unwrap();
    ichiro.change_certificate("hanakodt", "revoke", "Kakunin02").await.ok();
}
