use std::collections::HashMap;
use std::sync::mpsc::{self, Receiver, Sender};

use zbus::message::Header;
use zbus::{Connection, OwnedObjectPath, OwnedVariant, Structure, Variant, interface};

use crate::SessionBus;
use crate::patience::PATIENCE;

const WATCHER: &str = "org.kde.StatusNotifierWatcher";
const ITEM: &str = "org.kde.StatusNotifierItem";
const MENU: &str = "com.canonical.dbusmenu";

/// A tray that shows icons, like the panel of a desktop: a watcher and a host of the StatusNotifierItem specification.
#[derive(Debug)]
pub struct Tray {
    connection: Connection,
    comes: Receiver<(String, String)>,
}

/// An icon in the tray, with its menu.
#[derive(Debug)]
pub struct TrayItem {
    connection: Connection,
    owner: String,
    place: String,
    menu: OwnedObjectPath,
}

/// Receives the icons that programs register.
struct Watcher(Sender<(String, String)>);

#[interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&self, service: String, #[zbus(header)] header: Header<'_>) {
        let owner = header.sender().map(ToString::to_string).unwrap_or_default();
        // The test may have ended.
        let _ = self.0.send((owner, service));
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }

    #[zbus(property)]
    fn registered_status_notifier_items(&self) -> Vec<String> {
        Vec::new()
    }
}

impl Tray {
    /// Starts a tray on that desktop.
    ///
    /// # Panics
    /// Panics if the bus has a tray already.
    pub async fn on(bus: &SessionBus) -> Self {
        let (sender, comes) = mpsc::channel();
        let connection = bus.join().await;
        connection.object_server().at("/StatusNotifierWatcher", Watcher(sender)).await.expect("a place on the bus");
        connection.request_name(WATCHER).await.expect("the only watcher");
        Self { connection, comes }
    }

    /// Returns the next icon that appears.
    ///
    /// # Panics
    /// Panics if no icon appears.
    pub async fn item(&self) -> TrayItem {
        let (owner, place) = self.comes.recv_timeout(PATIENCE).expect("an icon comes");
        let item = zbus::Proxy::new(&self.connection, owner.clone(), place.clone(), ITEM).await.expect("an icon");
        let menu = item.get_property::<OwnedObjectPath>("Menu").await.expect("its menu");
        TrayItem { connection: self.connection.clone(), owner, place, menu }
    }
}

impl TrayItem {
    /// Returns a property of the icon, such as `Status` or `IconName`.
    ///
    /// # Panics
    /// Panics if the icon does not answer.
    pub async fn property(&self, name: &str) -> String {
        let item = zbus::Proxy::new(&self.connection, self.owner.as_str(), self.place.as_str(), ITEM).await;
        item.expect("an icon").get_property(name).await.expect("a property")
    }

    /// Returns the entries of the icon's menu, in order.
    pub async fn offers(&self) -> Vec<String> {
        self.entries().await.into_iter().map(|(_, label)| label).collect()
    }

    /// Chooses an entry of the icon's menu.
    ///
    /// # Panics
    /// Panics if there is no such entry.
    pub async fn choose(&self, label: &str) {
        let entries = self.entries().await;
        let (number, _) = entries.iter().find(|(_, own)| own == label).unwrap_or_else(|| panic!("{entries:?}"));
        let (data, time) = (Variant::from(0), 0_u32);
        let menu = self.menu().await;
        menu.call_method("Event", &(number, "clicked", data, time)).await.expect("the menu hears");
    }

    async fn entries(&self) -> Vec<(i32, String)> {
        type Entry = (i32, HashMap<String, OwnedVariant>, Vec<OwnedVariant>);
        let (root, all_levels, all_properties) = (0, -1, Vec::<String>::new());
        let menu = self.menu().await;
        let (_, (_, _, entries)): (u32, Entry) =
            menu.call("GetLayout", &(root, all_levels, all_properties)).await.expect("a menu");
        let read = |entry: OwnedVariant| -> Option<(i32, String)> {
            let entry = Structure::try_from(entry).ok()?;
            let (number, mut properties, _): Entry = entry.try_into().ok()?;
            Some((number, String::try_from(properties.remove("label")?).ok()?))
        };
        entries.into_iter().filter_map(read).collect()
    }

    async fn menu(&self) -> zbus::Proxy<'_> {
        zbus::Proxy::new(&self.connection, self.owner.as_str(), self.menu.as_str(), MENU).await.expect("a menu")
    }
}
