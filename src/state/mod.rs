//! What outlives a page. Each part has `provide_x()` and `use_x()`; other
//! pages read it as a signal.

mod api;
mod checkouts;
mod downloads;
mod errors;
mod home;
mod live;
mod load;
mod place;
mod portal;
mod record;
mod request_key;
mod session;
mod time_zone;

pub use api::{Api, ApiState, new_key, provide_api, use_api};
pub use checkouts::{BrowserDriver, Checkouts, Run, provide_checkouts, use_checkouts};
pub use downloads::{
    Downloads, FileRequest, FileRun, FileStage, file_request, provide_downloads, use_downloads,
};
pub use errors::error_words;
pub use home::{provide_home, use_home};
pub use live::{Live, Reach, provide_live, use_live};
pub use load::{Loaded, load, load_when};
pub use place::{Step, follow_links, use_change, use_redirect, use_route, use_title};
pub use portal::{PortalState, provide_portal, use_portal};
pub use record::{is_missing, load_record};
pub use request_key::RequestKey;
pub use session::{SessionState, SessionStatus, provide_session, use_session};
pub use time_zone::{TimeZones, provide_time_zones, use_time_zones};
