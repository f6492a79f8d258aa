//! The code of each error.

use inkan_protocol::{AnswersFault, Code, FileFault};
use inkan_store::{FileKind, Pkcs12Error, StoreError};

use super::Error;
use super::store_unavailable;
use crate::Reason;

impl Error {
    /// Returns the code of the problem.
    pub fn code(&self) -> Code {
        match self {
            Self::Bank(problem) => problem.code,
            Self::Transport { cause, .. } => cause.code(),
            Self::Proxy { cause, .. } => cause.code(),
            Self::ProxyAddress(_) => Code::ProxyAddressInvalid,
            Self::Store(error) => store_code(error),
            Self::Pkcs12(error) => pkcs12_code(error),
            Self::SeveralKeys(_) => Code::SeveralKeys,
            Self::KeyNumberUnknown { .. } => Code::KeyNumberUnknown,
            Self::SeveralFiles(_) => Code::SeveralFiles,
            Self::Data(_) => Code::DataUnusable,
            Self::File(_, fault) => match fault {
                FileFault::Missing | FileFault::Denied | FileFault::Unreadable(_) => Code::FileUnreadable,
                FileFault::Directory | FileFault::NotRegular => Code::FileNotRegular,
                FileFault::TooLarge { .. } => Code::FileTooLarge,
                FileFault::NotUnicode { .. } => Code::FileNotUnicode,
            },
            Self::OtherFile { kind, .. } => other_file_code(*kind),
            Self::CaDamaged { .. } => Code::CaCertificateDamaged,
            Self::CaFile { .. } | Self::CaUnreadable => Code::CaFileUnsuitable,
            Self::Answers(_, error) => match error.fault {
                AnswersFault::Empty | AnswersFault::NotAnObject | AnswersFault::NotJson { .. } => Code::AnswersNotJson,
                AnswersFault::KeyUnknown { .. } => Code::AnswersKeyUnknown,
                AnswersFault::KeyTwice { .. } => Code::AnswersKeyTwice,
                AnswersFault::NotText { .. } => Code::AnswersNotText,
            },
            Self::FileUnwritable(_) => Code::FileUnwritable,
            Self::NoPaper => Code::PaperNotNeeded,
            Self::KeyInHandshake(error) => inkan_store::signing_failure(error).map_or(Code::AppFault, store_code),
            Self::Address(_) => Code::BankAddressInvalid,
            Self::BankNotAdded(_) => Code::BankNotAdded,
            Self::NotABank(_) => Code::NotABank,
            Self::NotASite(_) => Code::NotASite,
            Self::NoProfile { instead, .. } => instead.code(),
            Self::LoginElsewhere { .. } => Code::CertificateLoginElsewhere,
            Self::CertificateNotFound(_) => Code::CertificateNotFound,
            Self::ClockWrong { .. } => Code::ClockWrong,
            Self::CertificateUnusable { reason, .. } => match reason {
                Reason::DatesContradict => Code::CertificateDatesContradict,
                Reason::Expired => Code::CertificateExpired,
                Reason::NotYetValid => Code::CertificateNotYetValid,
                Reason::Superseded | Reason::SupersededElsewhere => Code::CertificateSuperseded,
                Reason::KeyMissing => Code::KeyMissing,
                Reason::KeyUnsupported => Code::KeyKindUnsupported,
                Reason::Revoked
                | Reason::NotOfThisBank
                | Reason::NotOfThisEntrance
                | Reason::NotAcceptedByServer
                | Reason::IntermediateMissing
                | Reason::NoClientAuthentication => Code::NoUsableCertificate,
            },
            Self::CertificateUnreadable(_) => Code::CertificateUnreadable,
            Self::NotSpent(_) => Code::CertificateNotSpent,
            Self::NoUsableCertificate { .. } | Self::CertificateDeleted(_) => Code::NoUsableCertificate,
            Self::SeveralCertificates(_) => Code::SeveralCertificates,
            Self::KeyMismatch => Code::KeyMismatch,
            Self::IssuedCertificate(_) => Code::IssuedCertificateRefused,
            Self::ContractNumber { .. } => Code::ContractNumberInvalid,
            Self::EntranceUnknown(_) => Code::EntranceUnknown,
            Self::NoIdLogin { .. } => Code::IdPasswordNotAllowed,
            Self::OtherEntrance { .. } => Code::CertificateOfOtherEntrance,
            Self::NobodyElse => Code::NobodyElseCanHelp,
            Self::GuideOfOtherRole(_) => Code::GuideOfOtherRole,
            Self::AcquisitionRunning(_) => Code::AcquisitionRunning,
            Self::Cancelled => Code::AcquisitionCancelled,
            Self::NoAcquisitionWaiting(_) => Code::NoAcquisitionWaiting,
            Self::LoginUnanswered(cause) => cause.code(),
            Self::NotLoggedIn => Code::SessionEnded,
            Self::Link(_) => Code::LinkUnusable,
            Self::CannotOpen(_) | Self::Fault => Code::AppFault,
            Self::RenewalTooEarly(_) => Code::RenewalTooEarly,
            Self::Malformed(what) => what.code(),
            Self::PasswordUnchanged(_) => Code::PasswordRuleBroken,
            Self::NotReissued => Code::NotPermitted,
            Self::PasswordChangeRequired { .. } => Code::PasswordChangeRequired,
            Self::UserFieldNotAllowed(_) => Code::UserFieldNotAllowed,
            Self::AlarmPeriod { .. } => Code::UserFieldInvalid,
            Self::NotConfirmed => Code::NotConfirmed,
            Self::AnswerMissing(_) | Self::NotEntered(_) => Code::AnswerMissing,
            Self::AnswerUnused(_) => Code::AnswerUnused,
            Self::NothingToChange => Code::NothingToChange,
            Self::CertificateIdNeeded { .. } => Code::CertificateIdNeeded,
            Self::Usage { .. } => Code::UsageInvalid,
            Self::OutputUnwritable(_) => Code::OutputUnwritable,
        }
    }
}

fn store_code(error: &StoreError) -> Code {
    match error {
        StoreError::Unavailable(cause) => store_unavailable::code(cause),
        StoreError::Locked(_) => Code::StoreLocked,
        StoreError::WrongPin(_) => Code::StoreWrongPin,
        StoreError::PinLocked(_) => Code::StorePinLocked,
        StoreError::TokenRemoved(_) => Code::TokenRemoved,
        StoreError::WriteProtected(_) => Code::TokenWriteProtected,
        StoreError::Denied(_) => Code::KeyDenied,
        StoreError::Unsupported(_) => Code::StoreUnsupported,
        StoreError::Refused { .. } => Code::StoreRefused,
        StoreError::CertificateNotFound => Code::CertificateNotFound,
        StoreError::KeyMissing(_) => Code::KeyMissing,
        StoreError::KeyUnsupported { .. } => Code::KeyKindUnsupported,
        StoreError::AlreadyInstalled(_) => Code::AlreadyInstalled,
        StoreError::SerialNumberTaken { .. } => Code::SerialNumberTaken,
        StoreError::KeyMismatch => Code::Pkcs12KeyMismatch,
        StoreError::ImportUnsupported(_) => Code::ImportUnsupported,
        StoreError::NotACertificate(_) => Code::BankAnswerUnknown,
        StoreError::DeletionIncomplete { .. } => Code::DeletionIncomplete,
    }
}

fn pkcs12_code(error: &Pkcs12Error) -> Code {
    match error {
        Pkcs12Error::PasswordWrong => Code::Pkcs12PasswordWrong,
        Pkcs12Error::PasswordEncoding => Code::Pkcs12PasswordEncoding,
        Pkcs12Error::NotPkcs12 => Code::Pkcs12Unreadable,
        Pkcs12Error::Unprotected => Code::Pkcs12Unprotected,
        Pkcs12Error::EncryptionUnknown { .. } => Code::Pkcs12EncryptionUnknown,
        Pkcs12Error::TooManyIterations { .. } => Code::Pkcs12TooManyIterations,
        Pkcs12Error::TooLarge => Code::Pkcs12TooLarge,
        Pkcs12Error::NoKey => Code::Pkcs12WithoutKey,
        Pkcs12Error::NoCertificate { .. } => Code::Pkcs12WithoutCertificate,
        Pkcs12Error::CertificateUnreadable { .. } => Code::Pkcs12CertificateUnreadable,
        Pkcs12Error::KeyMismatch => Code::Pkcs12KeyMismatch,
    }
}

fn other_file_code(kind: FileKind) -> Code {
    match kind {
        FileKind::Empty => Code::FileEmpty,
        FileKind::Zeros => Code::FileZeros,
        FileKind::Certificate => Code::FileCertificateOnly,
        FileKind::CertificateCollection => Code::FileCertificateCollection,
        FileKind::PrivateKey => Code::FileKeyOnly,
        FileKind::KeyAndCertificate => Code::FileKeyAndCertificate,
        FileKind::PublicKey | FileKind::SshKey | FileKind::OpenPgp => Code::FileOtherKey,
        FileKind::CertificationRequest => Code::FileCertificationRequest,
        FileKind::RevocationList => Code::FileRevocationList,
        FileKind::JavaKeyStore => Code::FileJavaKeyStore,
        FileKind::KeyDatabase => Code::FileKeyDatabase,
        FileKind::Archive => Code::FileArchive,
        FileKind::WebPage => Code::FileWebPage,
        FileKind::Document => Code::FileDocument,
        FileKind::Mail => Code::FileMail,
        FileKind::Shortcut => Code::FileShortcut,
        FileKind::Pkcs12 | FileKind::Unknown => Code::Pkcs12Unreadable,
    }
}
