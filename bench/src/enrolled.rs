use crate::bank::Bank;
use crate::certificates::{self, Identity};
use crate::fault::Fault;
use crate::people::enrolment;

/// Adds users, and enrols each of them at the bank.
pub(crate) async fn enrolled(bank: &Bank, numbers: std::ops::Range<u64>) -> Result<Vec<Identity>, Fault> {
    let mut people = bank.people().await?;
    people.add(numbers.clone()).await?;
    people.add_codes(numbers.clone()).await?;
    let mut connection = bank.portal()?.connect(0).await?;
    let mut identities = Vec::new();
    for number in numbers {
        let (key, request) = certificates::request()?;
        let answer = connection.ask(&enrolment(number, &request)).await?.served()?;
        identities.push(Identity { key, der: certificates::issued(&answer.body)? });
    }
    Ok(identities)
}
