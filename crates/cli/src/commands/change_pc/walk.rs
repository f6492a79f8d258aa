use std::path::PathBuf;

use inkan_client::profile::{Actor, ChangePc, LoginMethod, MigrationPlan, Profile, RoleId, StepKind};
use inkan_client::protocol::{CertificateAction, Code, Top, write_named_file};
use inkan_client::{CertificateRow, Credentials, Error, Inkan, KeyAlgorithm, Level, PaperForm, Reason, Session};

use crate::answers::{Answers, Question};
use crate::arguments::{ChangePcOptions, ThisPc};
use crate::bank_terms;
use crate::commands::login::{LoginTo, log_out, session_to};
use crate::commands::{acquire, certificates, doctor, login};
use crate::consent;
use crate::failure::Failure;
use crate::output::Output;
use crate::signals::{self, Uncut};
use crate::streams;

/// What is known about a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Known {
    /// The step is not done.
    Left,
    /// The step was done now, or something on this PC shows that it was done.
    Done,
    /// Nothing on this PC shows whether the step was done, and the step need not be done on this PC.
    Unknown,
}

/// Goes through the steps of a change of PC, and does those that can be done on this PC. It saves nothing: the store
/// and the bank show what was done before.
pub(super) struct Walk<'a> {
    pub(super) options: &'a ChangePcOptions,
    pub(super) inkan: &'a Inkan,
    pub(super) answers: &'a Answers,
    pub(super) output: &'a Output,
    pub(super) profile: Profile,
    pub(super) asked: ChangePc,
    pub(super) plan: MigrationPlan,
    /// What is known about each step.
    pub(super) done: Vec<Known>,
    pub(super) form: Option<PathBuf>,
    /// Whether the user says that this is the old PC, but it has no certificate of the user.
    pub(super) none_here: bool,
    /// Whether the user says that this is the new PC, but nothing shows that the user's certificate on it is a new one.
    pub(super) here_before: bool,
    /// The names of the certificates on this PC, if no user was named.
    pub(super) here: Option<String>,
    pub(super) old: Vec<CertificateRow>,
}

impl Walk<'_> {
    /// Returns which of the two PCs this is. A certificate of the user may be the only one on the old PC, or the one on
    /// the new PC. Only a certificate that an earlier run acquired as the new one decides this. Otherwise the user is
    /// asked.
    pub(super) fn this_pc(&self, user: Option<&str>) -> Result<ThisPc, Failure> {
        if let Some(this_pc) = self.options.this_pc {
            return Ok(this_pc);
        }
        let rows = match self.asked.method {
            LoginMethod::Certificate => self.theirs(user)?,
            // The user has no certificate on either PC (S0-3).
            LoginMethod::IdPassword => Vec::new(),
        };
        let mut moved = false;
        for row in rows.iter().filter(|row| row.usable) {
            moved |= self.inkan.moved_here(&row.id)?;
        }
        // A PC that deleted the user's certificate after its revocation is the old PC, or was set up again as the new
        // PC.
        let gave_up = rows.is_empty() && self.gave_up(user)?;
        if rows.is_empty() && !gave_up || moved {
            return Ok(ThisPc::New);
        }
        let words = self.output.words();
        if self.answers.can_ask() {
            rows.iter().for_each(|row| streams::tell(&words.with("this-pc-has", &[("name", &row.name)])));
            gave_up.then(|| streams::tell(&words.text("this-pc-gave-up")));
        }
        let both = [words.text("answer-old-pc"), words.text("answer-new-pc")];
        let chosen = self.answers.choice(&words.text("ask-this-pc"), &both, None, "--this-pc")?;
        Ok(if chosen == 0 { ThisPc::Old } else { ThisPc::New })
    }

    /// Checks this PC, acquires a certificate and logs in. Returns whether the PC is fit.
    pub(super) fn on_the_new_pc(&mut self, user: Option<String>) -> Result<bool, Failure> {
        let found = self.inkan.check_up(Some(&self.options.bank))?;
        let worth_telling = found.checks.iter().filter(|check| check.level != Level::Ok);
        self.output.aside_lines(|words| worth_telling.flat_map(|check| doctor::lines(check, words)).collect());
        if !found.fit {
            return Ok(false);
        }
        self.mark(StepKind::CheckPc);
        let Some(user) = user else {
            if !self.is_moved_without_a_name()? {
                self.paper(None)?;
            }
            return Ok(true);
        };
        if self.asked.method == LoginMethod::IdPassword {
            let contract = self.answers.contract(&self.profile, self.output.words())?;
            self.enter(Credentials::Id { contract, user })?;
            return Ok(true);
        }
        let Some(row) = self.acquired(&user)? else {
            self.paper(Some(&user))?;
            return Ok(true);
        };
        self.enter(Credentials::Certificate(Some(row.id.clone())))?;
        self.clear_away(self.inkan.replaced_by(&row)?, ThisPc::New)?;
        Ok(true)
    }

    /// Revokes the user's own certificate, writes the paper, and offers to delete certificates that are no longer
    /// needed.
    pub(super) fn on_the_old_pc(&mut self, user: Option<&str>) -> Result<bool, Failure> {
        let Some(row) = self.old_certificate(user)? else {
            if self.gave_up(user)? {
                self.revoked();
                self.mark(StepKind::DeleteOld);
                return Ok(true);
            }
            // A missing certificate does not prove a deletion: this may be another PC.
            self.mark_as(StepKind::DeleteOld, Known::Unknown);
            self.none_here = true;
            self.paper(user)?;
            return Ok(true);
        };
        let own = self.plan.steps.iter().any(|step| (step.kind, step.actor) == (StepKind::Revoke, Actor::You));
        let mut dead = row.reasons.contains(&Reason::Revoked);
        if own && !dead {
            self.new_pc_is_ready()?;
            self.revoke(&row)?;
            dead = true;
        }
        if dead {
            self.revoked();
            self.clear_away(vec![self.inkan.certificate(&row.id, None)?], ThisPc::Old)?;
        } else {
            self.paper(user)?;
        }
        Ok(true)
    }

    /// Asks whether the new PC was checked, since the certificate of this PC is lost after the revocation (S0-2). If no
    /// user can be asked, the revocation itself needs `--yes`.
    fn new_pc_is_ready(&mut self) -> Result<(), Failure> {
        if self.options.yes || !self.answers.can_ask() {
            return Ok(());
        }
        let words = self.output.words();
        consent::agreed(&words.with("ask-new-pc-ready", &[("bank", words.local(&self.profile.name))]))?;
        self.mark(StepKind::CheckPc);
        Ok(())
    }

    /// Marks the steps that are done once the certificate is revoked. Only the new PC shows whether the next
    /// certificate is issued.
    fn revoked(&mut self) {
        let acquire = self.plan.steps.iter().position(|step| step.kind == StepKind::Acquire).unwrap_or_default();
        for (step, known) in self.plan.steps.iter().zip(&mut self.done).take(acquire) {
            match step.kind {
                StepKind::CheckPc => {}
                StepKind::Revoke | StepKind::RevokeAndReport => *known = Known::Done,
                _ => *known = Known::Unknown,
            }
        }
    }

    /// Marks the steps that a certificate on this PC shows to be done, if no user was named. Returns whether the
    /// certificate was acquired on this PC as the new one. Any other certificate that works may be the new one or the
    /// only one.
    fn is_moved_without_a_name(&mut self) -> Result<bool, Failure> {
        if self.asked.method != LoginMethod::Certificate {
            return Ok(false);
        }
        let mut rows = match self.options.certificate {
            Some(_) => self.old_certificate(None)?.into_iter().collect(),
            None => self.theirs(None)?,
        };
        rows.retain(|row| row.usable);
        if let [row] = &rows[..]
            && self.inkan.moved_here(&row.id)?
        {
            self.mark_before(StepKind::Acquire, Known::Done);
            self.mark(StepKind::Acquire);
            if row.last_used {
                self.mark(StepKind::LogIn);
            }
            return Ok(true);
        }
        if !rows.is_empty() {
            self.here_before = true;
            self.here = Some(rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>().join(", "));
            self.done.iter_mut().filter(|known| **known == Known::Left).for_each(|known| *known = Known::Unknown);
        }
        Ok(false)
    }

    /// Returns the user's certificate on this PC, and acquires one if there is none. Returns none if another user must
    /// act first.
    fn acquired(&mut self, user: &str) -> Result<Option<CertificateRow>, Failure> {
        let words = self.output.words();
        let contract = self.answers.contract(&self.profile, words)?;
        let name = self.profile.certificate_name(&self.asked.role).of(contract.as_deref().unwrap_or_default(), user);
        let here = self.inkan.certificates(Some(&self.options.bank))?;
        if let Some(row) = here.into_iter().find(|row| row.usable && row.name == name.trim()) {
            if self.inkan.moved_here(&row.id)? {
                self.mark_before(StepKind::Acquire, Known::Done);
                self.mark(StepKind::Acquire);
            } else {
                // It may be the old and only certificate.
                self.here_before = true;
                self.mark_before(StepKind::Acquire, Known::Unknown);
                self.mark_as(StepKind::Acquire, Known::Unknown);
                self.mark_as(StepKind::DeleteOld, Known::Unknown);
            }
            return Ok(Some(row));
        }
        let applicant = self.answers.applicant(user, &self.profile, words)?;
        let progress = |step| self.output.progress(|words| acquire::name(step, words));
        let acquired = acquire::with_token(applicant, &self.profile, self.answers, words, |applicant| {
            self.inkan.acquire(&self.options.bank, applicant, KeyAlgorithm::default(), progress)
        });
        match acquired {
            Ok(acquired) => {
                // The bank issues no second certificate beside a valid one (M2), so the steps before this one are done.
                self.inkan.note_moved_here(&acquired.certificate.id)?;
                self.mark_before(StepKind::Acquire, Known::Done);
                self.mark(StepKind::Acquire);
                Ok(Some(acquired.certificate))
            }
            Err(Failure::Journey(Error::Bank(problem))) if waits_for_somebody(problem.code) => {
                self.output.aside(&problem);
                Ok(None)
            }
            Err(failure) => Err(failure),
        }
    }

    fn enter(&mut self, credentials: Credentials) -> Result<(), Failure> {
        let session = self.session(credentials)?;
        log_out(session, self.output)?;
        self.mark(StepKind::LogIn);
        Ok(())
    }

    /// Revokes the certificate. If no other user could help afterwards, warns the user first (Q9).
    fn revoke(&self, row: &CertificateRow) -> Result<(), Failure> {
        let session = match self.session(Credentials::Certificate(Some(row.id.clone()))) {
            Ok(session) => session,
            // An earlier run or another user has already revoked it.
            Err(Failure::Journey(Error::Bank(problem))) if problem.code == Code::CertificateRevoked => return Ok(()),
            Err(failure) => return Err(failure),
        };
        let revoked = self.revoke_own(row, &session);
        let out = log_out(session, self.output);
        revoked?;
        Ok(out?)
    }

    fn revoke_own(&self, row: &CertificateRow, session: &Session) -> Result<(), Failure> {
        let words = self.output.words();
        let user = session.logged_in().person.id.clone();
        self.role_is_theirs(session)?;
        if !self.options.yes {
            let revoke = CertificateAction::Revoke;
            consent::to_certificate_act(revoke, &user, session, self.inkan, self.answers, words)?;
        }
        let password = self.answers.get(Question::Confirmation, words)?;
        let whose = [("user", user.as_str()), ("goes_on", "yes")];
        signals::uncut(Uncut::revoking(&whose, words), || {
            session.change_certificate(&user, CertificateAction::Revoke, &password)?;
            self.inkan.note_revoked(&row.id)
        })?;
        Ok(())
    }

    /// Writes the paper if the bank accepts paper, with what this PC and the bank know of the user.
    fn paper(&mut self, user: Option<&str>) -> Result<(), Failure> {
        let needed = self.plan.steps.iter().any(|step| step.kind == StepKind::HandInForm);
        let Some(file) = self.options.form.as_ref().filter(|_| needed) else { return Ok(()) };
        let language = self.output.words().language();
        // If it is not known which certificate is meant, these fields of the form stay empty.
        let row = match self.old_certificate(user) {
            Err(Failure::Journey(Error::SeveralCertificates(_))) => None,
            other => other?,
        };
        let top = user.and_then(|user| self.known_to_the_bank(user));
        let of_row = |part: fn(&CertificateRow) -> Option<String>| row.as_ref().and_then(part);
        let record = top.as_ref().and_then(|top| top.certificate.as_ref());
        let contract = match self.profile.contract_number {
            Some(_) => self.answers.contract(&self.profile, self.output.words()).ok().flatten(),
            None => None,
        };
        let paper = PaperForm {
            profile: &self.profile,
            role: self.asked.role.clone(),
            user: user.map(str::to_owned),
            contract,
            person: top.as_ref().map(|top| top.person.name.clone()).or_else(|| of_row(|row| row.person.clone())),
            company: top.as_ref().map(|top| top.company.clone()).or_else(|| of_row(|row| row.organisation.clone())),
            serial: record.map(|record| record.serial.clone()).or_else(|| of_row(|row| Some(row.serial.clone()))),
            not_after: record.map(|record| record.not_after).or(row.as_ref().map(|row| row.not_after)),
        };
        write_named_file(file, paper.html(language))
            .map_err(|_| Failure::Journey(Error::FileUnwritable(file.clone())))?;
        self.form = Some(file.clone());
        Ok(())
    }

    /// Returns the user's top page, if the bank lets the user log in without a certificate. The paper can be made
    /// without it.
    fn known_to_the_bank(&self, user: &str) -> Option<Top> {
        self.profile.allows(&self.asked.role, LoginMethod::IdPassword).then_some(())?;
        self.answers.given(Question::Login).filter(|password| !password.is_empty())?;
        let contract = self.answers.contract(&self.profile, self.output.words()).ok()?;
        let session = self.session(Credentials::Id { contract, user: user.to_owned() }).ok()?;
        let top = session.top().ok();
        // If the session stays open, `log_out` prints it. The paper does not need the rest.
        let _out = log_out(session, self.output);
        top
    }

    fn session(&self, credentials: Credentials) -> Result<Session, Failure> {
        let to = LoginTo { bank: &self.options.bank, entrance: None, credentials };
        session_to(&to, &self.profile, self.inkan, self.answers, self.output)
    }

    /// Returns the named certificate. If none is named, returns the user's certificate, even if it cannot be used, or
    /// asks the user to choose.
    fn old_certificate(&self, user: Option<&str>) -> Result<Option<CertificateRow>, Failure> {
        if let Some(id) = &self.options.certificate {
            return Ok(Some(self.inkan.find_certificate(id, Some(&self.options.bank))?.readable()?));
        }
        let rows = self.theirs(user)?;
        if rows.iter().all(|row| row.name == rows[0].name) {
            return Ok(rows.into_iter().next());
        }
        if !self.answers.can_ask() {
            return Err(Error::several_certificates(&rows).into());
        }
        let words = self.output.words();
        let lines: Vec<String> = rows.iter().map(|row| login::choice(row, words)).collect();
        let chosen = self.answers.choice(&words.text("ask-certificate"), &lines, None, "--certificate")?;
        Ok(rows.into_iter().nth(chosen))
    }

    /// Returns whether a certificate of the user was revoked and then deleted on this PC.
    fn gave_up(&self, user: Option<&str>) -> Result<bool, Failure> {
        Ok(self.inkan.has_given_up(&self.options.bank, &self.asked.role, user)?)
    }

    /// Refuses to revoke the certificate of a user whose role differs from the role that the steps are for. That user
    /// may not know of the change.
    fn role_is_theirs(&self, session: &Session) -> Result<(), Failure> {
        if session.has_role(&self.asked.role).is_ok() {
            return Ok(());
        }
        let person = &session.logged_in().person;
        let words = self.output.words();
        let named = |role: &RoleId| bank_terms::role(role, &self.profile, words);
        let facts = [
            ("user", person.id.as_str()),
            ("own", &named(&person.role)),
            ("asked", &named(&self.asked.role)),
            ("role", &person.role.0),
        ];
        let why = words.with("migration-other-role", &facts);
        Err(Error::Usage { why, command: "inkan change-pc".to_owned() }.into())
    }

    /// Returns the user's certificates of the bank on this PC, even if they cannot be used. If no user is named,
    /// returns those of the role.
    fn theirs(&self, user: Option<&str>) -> Result<Vec<CertificateRow>, Failure> {
        let rows = self.inkan.certificates(Some(&self.options.bank))?;
        let pattern = self.profile.certificate_name(&self.asked.role);
        let theirs = |row: &CertificateRow| {
            pattern
                .read(&row.name)
                .is_some_and(|parts| parts.user.is_none_or(|own| user.is_none_or(|user| user == own)))
        };
        let of_bank = rows.into_iter().filter(|row| row.bank.as_ref() == Some(&self.options.bank));
        Ok(of_bank.filter(theirs).collect())
    }

    pub(super) fn user(&self) -> Result<Option<String>, Failure> {
        match &self.options.user {
            Some(user) => Ok(Some(user.clone())),
            None if self.answers.can_ask() => {
                let words = self.output.words();
                self.answers.login_id(&words.text("argument-user"), words)
            }
            None => Ok(None),
        }
    }

    /// Returns the message that this PC has no certificate of the user, so that the old PC may be another one.
    pub(super) fn no_certificate_here(&self, user: Option<&str>) -> String {
        let words = self.output.words();
        let role = bank_terms::role(&self.asked.role, &self.profile, words);
        let facts = [
            ("bank", words.local(&self.profile.name)),
            ("named", if user.is_some() { "yes" } else { "no" }),
            ("user", user.unwrap_or_default()),
            ("role", role.as_str()),
        ];
        words.with("migration-none-here", &facts)
    }

    /// Offers to delete the certificates in `rows` that cannot be used, and never one that can (M10, S0-15).
    fn clear_away(&mut self, rows: Vec<CertificateRow>, this_pc: ThisPc) -> Result<(), Failure> {
        let dead: Vec<CertificateRow> = rows.into_iter().filter(|row| !row.usable).collect();
        if certificates::offer_old(&dead, self.options.yes, self.inkan, self.answers, self.output)? {
            if !dead.is_empty() && this_pc == ThisPc::Old {
                self.mark(StepKind::DeleteOld);
            }
        } else {
            self.old = dead;
        }
        Ok(())
    }

    fn mark(&mut self, kind: StepKind) {
        self.mark_as(kind, Known::Done);
    }

    fn mark_as(&mut self, kind: StepKind, known: Known) {
        for (_, own) in self.plan.steps.iter().zip(&mut self.done).filter(|(step, _)| step.kind == kind) {
            *own = known;
        }
    }

    /// Marks the steps before `kind` that are still left.
    fn mark_before(&mut self, kind: StepKind, known: Known) {
        let before = self.plan.steps.iter().take_while(|step| step.kind != kind);
        for (_, own) in before.zip(&mut self.done).filter(|(_, own)| **own == Known::Left) {
            *own = known;
        }
    }
}

/// Returns whether another user has to act before a certificate can be acquired (M2, S3-2, S4-15).
fn waits_for_somebody(code: Code) -> bool {
    matches!(code, Code::CertificateAlreadyIssued | Code::CertificateNotIssued | Code::AcquisitionDeadlinePassed)
}
