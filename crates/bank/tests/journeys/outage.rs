//! Line 7: a database that is stopped in the middle of a request, and goes on.

use inkan_protocol::path;
use sqlx::{Connection, Executor};

use crate::cluster::{self, Cluster};
use crate::house::{HANAKO, House, ICHIRO};

#[tokio::test]
async fn a_database_stopped_in_the_middle_of_a_request_fails_closed_and_the_bank_goes_on() {
    if !cluster::is_chosen() {
        return;
    }
    let cluster: &'static Cluster = Box::leak(Box::new(Cluster::start()));
    let house = House::on(cluster.database().await).await;
    let card = house.acquire(HANAKO).await;
    let (hanako, ichiro) = (house.log_in_with(&card, HANAKO.1).await, house.log_in(ICHIRO).await);

    // The confirmation password's transaction waits for the one that writes: a request in its midst.
    let mut beside = house.database().await;
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
    house.portal().log_in(ICHIRO).await.refused("bank_unavailable");
    cluster.go_on();
    // Nothing was done, and everything can be.
    hanako.get(path::TOP).await.ok();
    ichiro.change_certificate("hanakodt", "revoke", "Kakunin02").await.ok();
    hanako.get(path::TOP).await.refused("certificate_revoked");
    house.bank.stop().await;
    cluster.stop();
}

#[tokio::test]
async fn a_locked_sqlite_file_fails_closed_and_the_bank_goes_on() {
    if cluster::is_chosen() {
        return;
    }
    let house = House::open().await;
    house.acquire(HANAKO).await;
    let ichiro = house.log_in(ICHIRO).await;
    let mut beside = house.database().await;
    beside.execute("BEGIN IMMEDIATE").await.unwrap();
    ichiro.change_certificate("hanakodt", "revoke", "Kakunin02").await.refused("bank_unavailable");
    beside.execute("ROLLBACK").await.unwrap();
    beside.close().await.unwrap();
    ichiro.change_certificate("hanakodt", "revoke", "Kakunin02").await.ok();
}
