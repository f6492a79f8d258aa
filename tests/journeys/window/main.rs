//! The journeys in the real window, with real servers and a real store: each by the mouse and by the keyboard alone.
//! `docs/journeys.md` describes J1 to J13, by which the tests are named.

mod administration;
mod canaries;
mod certificates;
mod change_pc;
mod doctor;
mod first_day;
mod first_login;
mod input_methods;
mod interrupted;
mod leaving;
mod links;
mod login;
mod move_questions;
mod other_banks;
mod outside;
mod own_words;
mod proxy;
mod reloading;
mod reminders;
mod report;
mod restart;
mod secrets;
mod sites;
mod store_pin;
mod tokens;
mod top_page;
mod tray;
mod truths;
mod unreadable;

/// Makes a test by the mouse and a test by the keyboard of a journey `async fn name(hand: Hand)`.
macro_rules! by_both_hands {
    ($($journey:ident),+ $(,)?) => {
        mod by_pointer {
            $(#[tokio::test]
            async fn $journey() {
                super::$journey(inkan_journeys::Hand::Pointer).await;
            })+
        }

        mod by_keyboard {
            $(#[tokio::test]
            async fn $journey() {
                super::$journey(inkan_journeys::Hand::Keyboard).await;
            })+
        }
    };
}

use by_both_hands;
