//! The requests of a checkout.

use std::time::Duration;

use api_client::{ApiError, Transport};
use api_types::{ChangeMethod, Checkout, Code, CreateLaunch, LaunchToken};
use leptos::task::spawn_local;

use super::super::machine::{Event, Look, Opened};
use super::super::poll_throttle::Next;
use super::Driver;
use crate::browser::clock;

/// After how long a request that is still running is asked for its answer again.
const STILL_RUNNING: Duration = Duration::from_secs(1);
/// How often it is asked for: for longer than any answer may take.
const MOST_TRIES: u32 = 20;

impl<T: Transport + Clone + 'static> Driver<T> {
    pub(super) fn create(&self) {
        let driver = self.clone();
        spawn_local(async move {
            let Some(sent) = &driver.0.sent else { return };
            let mut tries = 0;
            let answer = loop {
                let answer = driver.0.api.create_checkout(&sent.key, &sent.body).await;
                tries += 1;
                if !is_still_running(&answer) || tries == MOST_TRIES {
                    break answer;
                }
                clock::sleep(STILL_RUNNING).await;
            };
            driver.tell(match answer {
                Ok(checkout) => Event::Answered(Box::new(checkout)),
                Err(error) => {
                    driver.report_error(&error);
                    Event::Refused(error)
                }
            });
            let late = driver.0.late_token.take();
            if let Some(token) = late.filter(|_| driver.checkout_id().is_some()) {
                driver.announce(token).await;
            }
        });
    }

    /// Asks once at a time; what is hinted meanwhile is asked right after.
    pub(super) fn ask(&self) {
        let next = self.0.throttle.borrow_mut().request(clock::now_millis());
        self.proceed(next);
    }

    fn proceed(&self, next: Next) {
        let driver = self.clone();
        match next {
            Next::Nothing => {}
            Next::Wait(millis) => spawn_local(async move {
                clock::sleep(Duration::from_millis(millis.unsigned_abs())).await;
                let next = driver
                    .0
                    .throttle
                    .borrow_mut()
                    .end_pause(clock::now_millis());
                driver.proceed(next);
            }),
            Next::Ask(turn) => spawn_local(async move {
                if let (Some(id), false) = (driver.checkout_id(), driver.0.retired.get()) {
                    let answer = driver.0.api.in_background().checkout(&id).await;
                    driver.handle_answer(answer);
                }
                let mut throttle = driver.0.throttle.borrow_mut();
                let next = throttle.end_request(turn, clock::now_millis());
                drop(throttle);
                driver.proceed(next);
            }),
        }
    }

    pub(super) fn look_after(&self, look: Look) {
        let driver = self.clone();
        spawn_local(async move {
            clock::sleep(Duration::from_secs(look.after())).await;
            driver.tell(Event::LookDue(look));
        });
    }

    pub(super) fn cancel(&self) {
        let driver = self.clone();
        spawn_local(async move {
            let Some(id) = driver.checkout_id() else {
                return;
            };
            driver.tell(match driver.0.api.cancel_checkout(&id).await {
                Ok(checkout) => Event::TurnedBack(Box::new(checkout)),
                Err(error) => {
                    driver.report_error(&error);
                    Event::CancelFailed(error)
                }
            });
        });
    }

    pub(super) fn send_change(&self) {
        let driver = self.clone();
        spawn_local(async move {
            let event = match driver.request_change().await {
                Some((Ok(checkout), opened)) => {
                    driver.0.change.replace(None);
                    Event::Changed(Box::new(checkout), opened)
                }
                Some((Err(error), _)) => {
                    // The same request, sent again or sent all the same, keeps its key and body.
                    if !error.is_passing() && error.code() != Some(Code::PageStillOpen) {
                        driver.0.change.replace(None);
                    }
                    driver.report_error(&error);
                    Event::ChangeFailed(error)
                }
                None => return,
            };
            driver.tell(event);
        });
    }

    async fn request_change(&self) -> Option<(Result<Checkout, ApiError>, Opened)> {
        let id = self.checkout_id()?;
        let (key, request, opened) = {
            let change = self.0.change.borrow();
            let change = change.as_ref()?;
            let asked = change.request.clone();
            let request = ChangeMethod {
                method: asked.method,
                option: asked.option,
                displayed_total: asked.displayed_total,
                launch_token: change.token.clone().map(LaunchToken),
                although_open: asked.although_open,
            };
            (change.key.clone(), request, change.opened)
        };
        let mut tries = 0;
        loop {
            let answer = self.0.api.change_method(&id, &key, &request).await;
            tries += 1;
            if !is_still_running(&answer) || tries == MOST_TRIES {
                return Some((answer, opened));
            }
            clock::sleep(STILL_RUNNING).await;
        }
    }

    /// Tells the server of another token; whether it took it.
    pub(super) async fn announce(&self, token: String) -> bool {
        let Some(id) = self.checkout_id() else {
            return false;
        };
        let request = CreateLaunch {
            launch_token: LaunchToken(token),
        };
        let answer = self.0.api.create_launch(&id, &request).await;
        let taken = answer.is_ok();
        self.handle_answer(answer);
        taken && !self.0.retired.get()
    }

    fn handle_answer(&self, answer: Result<Checkout, ApiError>) {
        self.tell(match answer {
            Ok(checkout) => Event::Answered(Box::new(checkout)),
            Err(error) => {
                self.report_error(&error);
                Event::Unanswered(error)
            }
        });
    }
}

fn is_still_running(answer: &Result<Checkout, ApiError>) -> bool {
    let code = answer.as_ref().err().and_then(ApiError::code);
    code == Some(Code::StillRunning)
}
