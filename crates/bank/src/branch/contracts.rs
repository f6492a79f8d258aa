use inkan_protocol::is_name;

use super::{Branch, BranchError};
use crate::audit::{self, Actor, AuditAction, Event};
use crate::database::contract;
use crate::database::contract::ContractRecord;
use crate::rules::contract_freeze;
use crate::rules::operator::Operator;
use crate::rules::person_name::is_company;

impl Branch {
    /// Returns every contract.
    ///
    /// # Errors
    /// The database failed.
    pub async fn contracts(&self) -> Result<Vec<ContractRecord>, BranchError> {
        Ok(contract::all(&mut *self.database.read().await?).await?)
    }

    /// Adds a contract.
    ///
    /// # Errors
    /// [`BranchError::ContractNumber`] if the number breaks the bank's rule; [`BranchError::Company`];
    /// [`BranchError::Known`].
    pub async fn add_contract(&self, number: &str, company: &str) -> Result<(), BranchError> {
        if !is_company(company) {
            return Err(BranchError::Company(company.to_owned()));
        }
        let right = match &self.profile.contract_number {
            Some(rule) => rule.is_one(number),
            None => !number.is_empty() && number.len() <= 64 && is_name(number),
        };
        if !right {
            return Err(BranchError::ContractNumber(number.to_owned()));
        }
        let mut change = self.database.write().await?;
        if contract::company(&mut change, number).await?.is_some() {
            return Err(BranchError::Known(number.to_owned()));
        }
        contract::add(&mut change, number, company).await?;
        let event = Event::done(Actor::Branch, AuditAction::ContractAdded).in_contract(number);
        audit::record(&mut change, self.now(), event).await?;
        Ok(change.commit().await?)
    }

    /// Freezes a contract, as its administrators can (M7).
    ///
    /// # Errors
    /// [`BranchError::ContractUnknown`].
    pub async fn freeze(&self, number: &str) -> Result<(), BranchError> {
        let now = self.now();
        let mut change = self.database.write().await?;
        if contract::company(&mut change, number).await?.is_none() {
            return Err(BranchError::ContractUnknown(number.to_owned()));
        }
        contract_freeze::freeze(&self.profile, &mut change, Operator::Branch, number, now).await?;
        Ok(change.commit().await?)
    }

    /// Unfreezes a contract, which only the branch can. Returns false if it was not frozen.
    ///
    /// # Errors
    /// [`BranchError::ContractUnknown`].
    pub async fn unfreeze(&self, number: &str) -> Result<bool, BranchError> {
        let mut change = self.database.write().await?;
        if contract::company(&mut change, number).await?.is_none() {
            return Err(BranchError::ContractUnknown(number.to_owned()));
        }
        let was_frozen = contract::unfreeze(&mut change, number).await?;
        if was_frozen {
            let event = Event::done(Actor::Branch, AuditAction::ContractUnfrozen).in_contract(number);
            audit::record(&mut change, self.now(), event).await?;
        }
        change.commit().await?;
        Ok(was_frozen)
    }
}
