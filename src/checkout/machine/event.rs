//! What happens to a checkout, and what has to be done about it: closed enums.

use api_client::ApiError;
use api_types::Checkout;

/// What this tab knows of the payment window. It never says anything about money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowView {
    /// This tab has opened none: the checkout was started elsewhere or before a reload.
    None,
    /// This tab holds its handle.
    Shown,
    /// The browser gave no handle. The window may exist all the same.
    Blocked,
    /// It may still be open, and this tab cannot reach it: a page of the payment provider has
    /// cut the connection, or the browser gave no handle to a window that it opened.
    OutOfReach,
    /// It seems closed.
    Closed,
    /// There is none: the provider's page takes the place of the portal in this very tab.
    SameTab,
}

/// What came of opening the provider's page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened {
    /// A window, and its handle.
    Window,
    /// Nothing that this tab can tell: null, undefined, or the browser threw.
    Nothing,
    /// It opens in this very tab, as soon as there is somewhere to go.
    Here,
    /// It has no page: a bank transfer.
    Unneeded,
}

/// Looks at the server after the window has gone, each some seconds after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Look {
    /// 2 s.
    Soon,
    /// 5 s.
    Later,
    /// 10 s.
    Last,
}

impl Look {
    /// How long after the window has gone, in seconds.
    pub fn after(self) -> u64 {
        match self {
            Self::Soon => 2,
            Self::Later => 5,
            Self::Last => 10,
        }
    }
}

/// What happens to a checkout.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The provider's page was opened inside the click, as far as the browser let it.
    WindowOpened(Opened),
    /// The server said what the checkout is.
    Answered(Box<Checkout>),
    /// The server would not start it.
    Refused(ApiError),
    /// A question went unanswered.
    Unanswered(ApiError),
    /// The server took it that the customer turned back.
    TurnedBack(Box<Checkout>),
    /// The server did not take it that the customer turned back.
    CancelFailed(ApiError),
    /// The server changed the way to pay.
    Changed(Box<Checkout>, Opened),
    /// The server did not change the way to pay.
    ChangeFailed(ApiError),
    /// Anything at all that makes it worth asking.
    Hinted,
    /// The window looks closed, after having been seen at the provider for a while.
    WindowGone,
    /// The window looks closed at the moment of leaving for the provider, or before: the
    /// connection may have been cut, with the window still open.
    WindowCut,
    /// It is time to look again after the window has gone.
    LookDue(Look),
    /// The clock says so.
    PollDue,
    /// The customer wants to see the provider's page.
    ShowPressed,
    /// The customer says that they have paid.
    PaidPressed,
    /// The customer turns back.
    CancelPressed,
    /// The customer pays another way.
    ChangePressed,
    /// The customer keeps the page that could not be closed.
    KeepPressed,
    /// The customer sends the same request again.
    RetryPressed,
}

/// What has to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Send the request that starts it, with the key it had before.
    Create,
    /// Ask the server what is true.
    Ask,
    /// Tell [`Event::LookDue`] at its time.
    LookAfter(Look),
    /// Tell the server that the customer turns back.
    Cancel,
    /// Send the request that changes the way to pay.
    Change,
    /// Bring the window to the front.
    ShowWindow,
    /// Open the provider's page once more, inside the click.
    OpenAnother,
    /// Close the window: there is nothing to do in it.
    CloseWindow,
    /// The window that was opened for another way to pay takes the place of the first.
    TakeNewWindow,
    /// Close the window that was opened for another way to pay.
    CloseNewWindow,
    /// Leave for the provider's page in this tab, and remember the way back.
    GoThere,
    /// Announce a token for a link that the customer can press.
    PrepareLink,
    /// Money may have moved: everything on screen asks the server anew.
    RefreshAccount,
    /// Other tabs may want to ask too.
    TellTabs,
    /// Bring the keyboard back to where the customer pressed.
    RestoreFocus,
    /// Nobody comes back to this checkout from the provider's page any more.
    Forget,
}
