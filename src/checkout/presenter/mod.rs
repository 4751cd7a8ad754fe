//! Where the payment provider's page opens: a window wherever there are
//! windows, this very tab where there are none. Pure: decided from values.

#[cfg(test)]
mod tests;

use api_types::SameTab;

use crate::browser::page;

/// Where the payment provider's page opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presenter {
    /// In a window beside the portal.
    Window,
    /// In the portal's own tab; the portal comes back afterwards.
    SameTab,
    /// Behind a link that the customer presses.
    Link,
}

/// What the choice depends on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Environment {
    /// The browser's own name for itself.
    pub user_agent: String,
    /// The portal runs as an installed app.
    pub installed: bool,
    /// The portal is a frame within another page.
    pub framed: bool,
    /// A finger on a small screen.
    pub phone: bool,
    /// What the provider of the portal has chosen.
    pub same_tab: SameTab,
}

/// What the browsers within other apps call themselves: no windows, or windows that nobody
/// finds the way back from.
const WITHIN_APPS: &[&str] = &[
    "FBAN/",
    "FBAV/",
    "FB_IAB/",
    "Instagram",
    " Line/",
    "MicroMessenger",
    "musical_ly",
    "BytedanceWebview",
    "TikTok",
    "Snapchat",
    "LinkedInApp",
    "KAKAOTALK",
    "GSA/",
    "; wv)",
];
/// Browsers without popup windows, or whose windows lose the portal.
const WITHOUT_WINDOWS: &[&str] = &["FxiOS/", "EdgiOS/", "Opera Mini"];
const FINGER_ON_A_SMALL_SCREEN: &str =
    "(pointer: coarse) and ((max-width: 600px) or (max-height: 500px))";
const INSTALLED: &str = "(display-mode: standalone), (display-mode: minimal-ui)";

impl Environment {
    /// What it is here and now.
    pub fn here(same_tab: SameTab) -> Self {
        Self {
            user_agent: page::user_agent(),
            installed: page::matches(INSTALLED) || page::is_on_home_screen(),
            framed: page::is_framed(),
            phone: page::matches(FINGER_ON_A_SMALL_SCREEN),
            same_tab,
        }
    }

    fn has_windows(&self) -> bool {
        let is = |name: &&str| self.user_agent.contains(*name);
        let has = |name: &str| self.user_agent.contains(name);
        // Apple's browsers name Safari; the views within other apps do not.
        let apple = ["iPhone", "iPad", "iPod", "Macintosh"].iter().any(is);
        let apple_view = apple && has("AppleWebKit/") && !has("Safari/");
        let firefox_on_android = has("Android") && has("Firefox/");
        !(self.installed
            || apple_view
            || firefox_on_android
            || WITHIN_APPS.iter().any(is)
            || WITHOUT_WINDOWS.iter().any(is))
    }
}

impl Presenter {
    /// The best there is in this environment.
    pub fn of(environment: &Environment) -> Self {
        let has_windows = environment.has_windows();
        if environment.framed {
            // The page around the frame must not be left, nor a provider be framed.
            return if has_windows {
                Self::Window
            } else {
                Self::Link
            };
        }
        let wanted_here = match environment.same_tab {
            SameTab::Always => true,
            SameTab::Phones => environment.phone,
            _ => false,
        };
        if wanted_here || !has_windows {
            Self::SameTab
        } else {
            Self::Window
        }
    }
}
