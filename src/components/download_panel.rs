//! A download while it runs: how much has come, a way to stop, how it ended.

use leptos::prelude::*;

use super::button::Button;
use super::icon::{Glyph, Icon};
use crate::i18n::{self, fill, key, t};

/// How far a download is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DownloadStage {
    /// Asked for; nothing has come yet.
    Preparing,
    /// So many bytes have come.
    Running(u64),
    /// All of it is saved.
    Done,
    /// The customer stopped it.
    Stopped,
    /// It broke off, and why.
    Failed(String),
}

/// What can be done about a download.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DownloadAction {
    /// Stop it.
    Stop,
    /// Begin anew.
    TryAgain,
    /// Put the panel away.
    Close,
}

/// What kind of stage it is, without how much has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Under,
    Done,
    Stopped,
    Failed,
}

fn kind(stage: &DownloadStage) -> Kind {
    match stage {
        DownloadStage::Preparing | DownloadStage::Running(_) => Kind::Under,
        DownloadStage::Done => Kind::Done,
        DownloadStage::Stopped => Kind::Stopped,
        DownloadStage::Failed(_) => Kind::Failed,
    }
}

impl Kind {
    fn name(self) -> &'static str {
        match self {
            Self::Under => "running",
            Self::Done => "done",
            Self::Stopped => "stopped",
            Self::Failed => "failed",
        }
    }

    fn actions(self) -> Vec<DownloadAction> {
        match self {
            Self::Under => vec![DownloadAction::Stop],
            Self::Done => vec![DownloadAction::Close],
            Self::Stopped | Self::Failed => vec![DownloadAction::TryAgain, DownloadAction::Close],
        }
    }
}

/// The panel of one download. How much has come is seen and not read out; that
/// it began and how it ended is.
#[component]
pub fn DownloadPanel(
    /// The file's name.
    #[prop(into)]
    name: String,
    /// How far it is.
    #[prop(into)]
    stage: Signal<DownloadStage>,
    /// What was pressed.
    #[prop(into)]
    on_press: Callback<DownloadAction>,
) -> impl IntoView {
    let kind = Memo::new(move |_| stage.with(kind));
    let told = {
        let name = name.clone();
        Memo::new(move |_| stage.with(|stage| title(stage, &name)))
    };
    let label = fill(key::controls::DOWNLOAD_RUNNING, [("name", &name)]);
    let bar = move || {
        let under_way = kind.get() == Kind::Under;
        under_way.then(|| {
            view! { <progress class="download_panel__bar" aria-label=label.clone()></progress> }
        })
    };
    let button = move |action: DownloadAction| {
        view! {
            <Button on_press=Callback::new(move |()| on_press.run(action))>
                {t(action_words(action))}
            </Button>
        }
    };
    let glyph = move || match kind.get() {
        Kind::Done => Glyph::Done,
        Kind::Failed => Glyph::Alert,
        Kind::Under | Kind::Stopped => Glyph::Download,
    };
    view! {
        <section class="download_panel" data-stage=move || kind.get().name()>
            {move || view! { <Icon glyph=glyph() /> }}
            <div class="download_panel__words">
                <p class="download_panel__title" role="status">
                    {told}
                </p>
                <p class="download_panel__body">{move || stage.with(body)}</p>
                {bar}
                <div class="download_panel__actions">
                    <For each=move || kind.get().actions() key=|action| *action let:action>
                        {button(action)}
                    </For>
                </div>
            </div>
        </section>
    }
}

fn title(stage: &DownloadStage, name: &str) -> String {
    match stage {
        DownloadStage::Preparing => fill(key::controls::DOWNLOAD_PREPARING, [("name", name)]),
        DownloadStage::Running(_) => fill(key::controls::DOWNLOAD_RUNNING, [("name", name)]),
        DownloadStage::Done => fill(key::controls::DOWNLOAD_DONE, [("name", name)]),
        DownloadStage::Stopped => t(key::controls::DOWNLOAD_STOPPED),
        DownloadStage::Failed(_) => t(key::controls::DOWNLOAD_FAILED),
    }
}

fn body(stage: &DownloadStage) -> Option<String> {
    match stage {
        DownloadStage::Running(bytes) => {
            let size = i18n::bytes(*bytes);
            Some(fill(key::controls::DOWNLOAD_SO_FAR, [("size", &size)]))
        }
        DownloadStage::Failed(why) => Some(why.clone()),
        _ => None,
    }
}

fn action_words(action: DownloadAction) -> words::Text {
    match action {
        DownloadAction::Stop => key::controls::DOWNLOAD_CANCEL,
        DownloadAction::TryAgain => key::common::RETRY,
        DownloadAction::Close => key::controls::CLOSE,
    }
}
