//! Files that the customer is downloading. They outlive a page: a list of a
//! million rows comes down while the customer goes on.

use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;

use api_client::{ApiError, Chunks};
use futures_util::StreamExt;
use futures_util::future::{AbortHandle, Abortable};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Api, ApiState, SessionState, use_api, use_session};
use crate::browser::download::Collected;

/// How far a file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileStage {
    /// It was asked for, and nothing has come yet.
    Asked,
    /// So many bytes have come.
    Coming(u64),
    /// The browser saves it.
    Saved,
    /// The customer stopped it.
    Stopped,
    /// It broke off; without an error the browser has no room for it.
    Failed(Option<ApiError>),
}

/// A file, by its number in this tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRun {
    /// Tells files apart.
    pub number: u32,
    /// The name that it is saved under.
    pub name: String,
    /// How far it is.
    pub stage: FileStage,
}

/// Asks the server for a file.
pub type FileRequest = Rc<dyn Fn(Api) -> Pin<Box<dyn Future<Output = Result<Chunks, ApiError>>>>>;

/// What fetches a file, as [`Downloads::start`] wants it.
pub fn file_request<F, Fut>(fetch: F) -> FileRequest
where
    F: Fn(Api) -> Fut + 'static,
    Fut: Future<Output = Result<Chunks, ApiError>> + 'static,
{
    Rc::new(move |api| Box::pin(fetch(api)))
}

/// What keeps a file coming, and what would ask for it again.
struct QueuedDownload {
    number: u32,
    request: FileRequest,
    abort: AbortHandle,
}

/// Every file of this tab that is not put away.
#[derive(Clone, Copy)]
pub struct Downloads {
    runs: RwSignal<Vec<FileRun>>,
    requests: StoredValue<Vec<QueuedDownload>, LocalStorage>,
    next_number: StoredValue<u32>,
    api: ApiState,
    session: SessionState,
}

impl Downloads {
    /// The files, the newest first, to be read reactively.
    pub fn runs(self) -> Vec<FileRun> {
        self.runs.get()
    }

    /// One of them, to be read reactively.
    pub fn run(self, number: u32) -> Option<FileRun> {
        self.runs
            .with(|runs| runs.iter().find(|run| run.number == number).cloned())
    }

    /// Whether a file of this name is coming, to be read reactively.
    pub fn is_coming(self, name: &str) -> bool {
        self.runs.with(|runs| {
            runs.iter().any(|run| {
                run.name == name && matches!(run.stage, FileStage::Asked | FileStage::Coming(_))
            })
        })
    }

    /// Begins a download. One of the same name that has ended makes way; one
    /// that is coming is let come.
    pub fn start(self, name: String, request: FileRequest) {
        if untrack(|| self.is_coming(&name)) {
            return;
        }
        let ended = self.runs.with_untracked(|runs| {
            let same = runs.iter().filter(|run| run.name == name);
            same.map(|run| run.number).collect::<Vec<_>>()
        });
        ended.into_iter().for_each(|number| self.put_away(number));
        let number = self.next_number.get_value();
        self.next_number.set_value(number.wrapping_add(1));
        self.runs.update(|runs| {
            let stage = FileStage::Asked;
            runs.insert(
                0,
                FileRun {
                    number,
                    name,
                    stage,
                },
            );
        });
        self.run_request(number, request);
    }

    /// Stops it: the connection ends, and nothing is saved.
    pub fn stop(self, number: u32) {
        self.requests.with_value(|requests| {
            let asked = requests.iter().find(|asked| asked.number == number);
            if let Some(asked) = asked {
                asked.abort.abort();
            }
        });
        self.set_stage(number, FileStage::Stopped);
    }

    /// Asks for it again.
    pub fn again(self, number: u32) {
        let request = self.requests.with_value(|requests| {
            let asked = requests.iter().find(|asked| asked.number == number);
            asked.map(|asked| Rc::clone(&asked.request))
        });
        if let Some(request) = request {
            self.set_stage(number, FileStage::Asked);
            self.run_request(number, request);
        }
    }

    /// Takes it off the screen, and stops it if it is still coming.
    pub fn put_away(self, number: u32) {
        self.requests.update_value(|requests| {
            requests.retain(|asked| {
                let other = asked.number != number;
                if !other {
                    asked.abort.abort();
                }
                other
            });
        });
        self.runs
            .update(|runs| runs.retain(|run| run.number != number));
    }

    /// Takes what is saved off the screen.
    pub fn put_saved_away(self) {
        let saved = self.runs.with_untracked(|runs| {
            let saved = runs.iter().filter(|run| run.stage == FileStage::Saved);
            saved.map(|run| run.number).collect::<Vec<_>>()
        });
        saved.into_iter().for_each(|number| self.put_away(number));
    }

    fn run_request(self, number: u32, request: FileRequest) {
        let (abort, registration) = AbortHandle::new_pair();
        let coming = self.fetch(number, request(self.api.get()));
        self.requests.update_value(|requests| {
            requests.retain(|asked| asked.number != number);
            requests.push(QueuedDownload {
                number,
                request,
                abort,
            });
        });
        spawn_local(async move {
            // One that is stopped has said so already.
            if let Ok(stage) = Abortable::new(coming, registration).await {
                if let FileStage::Failed(Some(error)) = &stage {
                    self.session.notice(error);
                }
                self.set_stage(number, stage);
            }
        });
    }

    async fn fetch(
        self,
        number: u32,
        asked: impl Future<Output = Result<Chunks, ApiError>>,
    ) -> FileStage {
        let mut chunks = match asked.await {
            Ok(chunks) => chunks,
            Err(error) => return FileStage::Failed(Some(error)),
        };
        let Some(name) = untrack(|| self.run(number)).map(|run| run.name) else {
            return FileStage::Stopped;
        };
        let mut file = Collected::new(media_type(&name));
        while let Some(chunk) = chunks.next().await {
            match chunk {
                Ok(piece) if file.push(&piece) => {
                    self.set_stage(number, FileStage::Coming(file.bytes()));
                }
                Ok(_) => return FileStage::Failed(None),
                Err(broken) => return FileStage::Failed(Some(ApiError::Away(broken))),
            }
        }
        if file.save(&name) {
            FileStage::Saved
        } else {
            FileStage::Failed(None)
        }
    }

    fn set_stage(self, number: u32, stage: FileStage) {
        self.runs.update(|runs| {
            if let Some(run) = runs.iter_mut().find(|run| run.number == number) {
                run.stage = stage;
            }
        });
    }
}

/// What kind of file a name stands for, by its ending.
fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.') {
        Some((_, "pdf")) => "application/pdf",
        Some((_, "csv")) => "text/csv;charset=utf-8",
        _ => "application/octet-stream",
    }
}

/// Keeps the downloads.
pub fn provide_downloads() -> Downloads {
    let downloads = Downloads {
        runs: RwSignal::new(Vec::new()),
        requests: StoredValue::new_local(Vec::new()),
        next_number: StoredValue::new(0),
        api: use_api(),
        session: use_session(),
    };
    provide_context(downloads);
    let session = downloads.session;
    let person = Memo::new(move |_| session.session().map(|session| session.customer));
    // What comes down for somebody must not go on for whoever is next.
    Effect::new(move |_| {
        person.with(|_| ());
        let all: Vec<_> = downloads
            .runs
            .with_untracked(|runs| runs.iter().map(|run| run.number).collect());
        all.into_iter()
            .for_each(|number| downloads.put_away(number));
    });
    downloads
}

/// The downloads.
pub fn use_downloads() -> Downloads {
    expect_context()
}

#[cfg(test)]
mod tests {
    use super::media_type;

    #[test]
    fn a_file_is_told_by_its_ending() {
        assert_eq!(media_type("invoice-1.2.pdf"), "application/pdf");
        assert_eq!(media_type("payments.csv"), "text/csv;charset=utf-8");
        assert_eq!(media_type("payments"), "application/octet-stream");
    }
}
