use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    BUTTON_PRESS_EVENT, BUTTON_RELEASE_EVENT, ConnectionExt as _, ImageFormat, KEY_PRESS_EVENT, KEY_RELEASE_EVENT,
    MOTION_NOTIFY_EVENT, MapState,
};
use x11rb::protocol::xtest::ConnectionExt as _;
use x11rb::rust_connection::RustConnection;

use crate::file_dialog::keys;
use crate::patience::PATIENCE;
use crate::process::has_work;
use crate::x11::{atom, window_of};
use crate::{Pc, SessionBus, japanese_locale, program, workspace};

/// How long the screen must stay unchanged before it counts as completely painted.
const STILL: Duration = Duration::from_millis(600);
/// The smallest side of a window that counts. A smaller window is a helper window that a program does not show to
/// users.
const LEAST_SIDE: u16 = 200;

/// A part of the screen, in pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// The distance from the left, in pixels.
    pub x: i16,
    /// The distance from the top, in pixels.
    pub y: i16,
    /// The width, in pixels.
    pub width: u16,
    /// The height, in pixels.
    pub height: u16,
}

/// A separate desktop in a Japanese locale: an X server, a session bus and a home directory. The app runs on it without
/// a driver, because a web view that is driven paints in another way than the one that a person sees.
#[derive(Debug)]
pub struct NativeDesktop {
    server: Child,
    display: String,
    bus: SessionBus,
    home: TempDir,
    programs: Vec<Child>,
}

/// The app on a [`NativeDesktop`]. Tests see and operate it through the X server alone.
#[derive(Debug)]
pub struct NativeWindow {
    app: Child,
    connection: RustConnection,
    /// The window's place on the screen.
    place: Area,
}

impl NativeDesktop {
    /// Starts an empty desktop.
    ///
    /// # Panics
    /// Panics if the X server or the bus does not start.
    pub fn start() -> Self {
        let home = TempDir::new().expect("a temporary directory");
        let run = home.path().join("run");
        fs::create_dir(&run).expect("a directory");
        fs::set_permissions(&run, fs::Permissions::from_mode(0o700)).expect("a private directory");
        let settings = home.path().join("config/gtk-3.0");
        fs::create_dir_all(&settings).expect("a directory");
        // A blinking cursor would change the screen by itself.
        fs::write(settings.join("settings.ini"), "[Settings]\ngtk-cursor-blink=false\n").expect("a file");
        let mut server = Command::new("Xvfb")
            .args(["-displayfd", "1", "-screen", "0", "1280x1024x24", "-nolisten", "tcp"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb starts");
        let mut number = String::new();
        let output = server.stdout.take().expect("standard output is piped");
        BufReader::new(output).read_line(&mut number).expect("Xvfb says which display it serves");
        let display = format!(":{}", number.trim());
        Self { server, display, bus: SessionBus::start(), home, programs: Vec::new() }
    }

    /// Returns the home directory of the desktop's user. Its directory `config` holds the settings of programs.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Starts a program, such as an input method. It ends with the desktop.
    ///
    /// # Panics
    /// Panics if the program does not start.
    pub fn start_program(&mut self, name: &str, arguments: &[&str]) {
        let program = self.command(Path::new(name)).args(arguments).spawn();
        self.programs.push(program.unwrap_or_else(|error| panic!("{name}: {error}")));
    }

    /// Waits until an input method serves XIM under that name.
    ///
    /// # Panics
    /// Panics if none does.
    pub fn wait_for_xim(&self, name: &str) {
        let connection = self.connect();
        let selection = atom(&connection, &format!("@server={name}"));
        until("an XIM server", || {
            let owner = connection.get_selection_owner(selection).expect("a request").reply().expect("an owner").owner;
            (owner != x11rb::NONE).then_some(())
        });
    }

    /// Waits until a service is on the session bus.
    ///
    /// # Panics
    /// Panics if it does not come.
    pub async fn wait_for_service(&self, name: &'static str) {
        let bus = self.bus.join().await;
        let services = zbus::fdo::DBusProxy::new(&bus).await.expect("the bus");
        let deadline = Instant::now() + PATIENCE;
        while !services.name_has_owner(name.try_into().expect("a name")).await.expect("an answer") {
            assert!(Instant::now() < deadline, "{name} does not come");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    /// Waits until a file matches below the home directory.
    ///
    /// # Panics
    /// Panics if none comes.
    pub fn wait_for_file_in(&self, directory: &str) {
        let directory = self.home.path().join(directory);
        until("a file", || fs::read_dir(&directory).ok()?.next().map(drop));
    }

    /// Returns the path of a list of GTK's input modules that contains only the modules in `names`.
    ///
    /// # Panics
    /// Panics if GTK's own list cannot be read.
    pub fn only_modules(&self, names: &[&str]) -> PathBuf {
        let text = fs::read_to_string(gtk_module_list()).expect("GTK's list of input modules");
        let named = |block: &&str| names.iter().any(|name| block.contains(&format!("\n\"{name}\" ")));
        let blocks: Vec<&str> = text.split("\n\n").filter(named).collect();
        for name in names {
            assert!(blocks.iter().any(|block| named(block) && block.contains(name)), "GTK has no module {name}");
        }
        let file = self.home.path().join(format!("{}.cache", names.join("-")));
        fs::write(&file, blocks.join("\n\n") + "\n\n").expect("a file");
        file
    }

    /// Opens the app of a PC and waits until its first page is painted.
    ///
    /// # Panics
    /// Panics if the app shows no window.
    pub fn open(&self, pc: &Pc, environment: &[(&str, &str)]) -> NativeWindow {
        let mut command = self.command(&program("inkan-app"));
        command.env("INKAN_HOME", pc.home()).env("INKAN_STORE", format!("nss:{}", pc.database().display()));
        let app = command.envs(environment.iter().copied()).spawn().expect("the app starts");
        let connection = self.connect();
        let size = |window| connection.get_geometry(window).ok().and_then(|cookie| cookie.reply().ok());
        let window = window_of(&connection, app.id(), |window| {
            size(window).is_some_and(|size| size.width.min(size.height) >= LEAST_SIDE)
        });
        let size = size(window).expect("a size");
        let place = Area { x: size.x, y: size.y, width: size.width, height: size.height };
        let window = NativeWindow { app, connection, place };
        until("a first page", || (window.colours() > 16).then_some(()));
        window.wait_until_still();
        window
    }

    /// Returns how many windows are shown, menus among them.
    ///
    /// # Panics
    /// Panics if the X server has gone.
    pub fn shown_windows(&self) -> usize {
        let connection = self.connect();
        let root = connection.setup().roots[0].root;
        let windows = connection.query_tree(root).expect("a request").reply().expect("the windows").children;
        let is_shown = |window: &u32| {
            let state = connection.get_window_attributes(*window).ok().and_then(|cookie| cookie.reply().ok());
            state.is_some_and(|state| state.map_state == MapState::VIEWABLE)
        };
        windows.iter().filter(|window| is_shown(window)).count()
    }

    /// Waits until more than `count` windows are shown.
    ///
    /// # Panics
    /// Panics if no more windows appear.
    pub fn wait_for_more_windows_than(&self, count: usize) {
        until("a window", || (self.shown_windows() > count).then_some(()));
    }

    fn connect(&self) -> RustConnection {
        RustConnection::connect(Some(&self.display)).expect("the X server").0
    }

    fn command(&self, program: &Path) -> Command {
        let home = self.home.path();
        let mut command = Command::new(program);
        for name in ["WAYLAND_DISPLAY", "GDK_BACKEND", "GTK_IM_MODULE", "XMODIFIERS", "WEBKIT_DISABLE_DMABUF_RENDERER"]
        {
            command.env_remove(name);
        }
        let (name, address) = self.bus.environment();
        command
            .env("DISPLAY", &self.display)
            .env(name, address)
            .env("HOME", home)
            .env("XDG_RUNTIME_DIR", home.join("run"))
            .env("XDG_CONFIG_HOME", home.join("config"))
            .env("XDG_DATA_HOME", home.join("data"))
            .env("XDG_CACHE_HOME", home.join("cache"))
            .env("GSETTINGS_BACKEND", "memory")
            .env("NO_AT_BRIDGE", "1")
            .envs(japanese_locale())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }
}

impl Drop for NativeDesktop {
    fn drop(&mut self) {
        for process in self.programs.iter_mut().chain([&mut self.server]) {
            // A process that has ended already is as good.
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

impl NativeWindow {
    /// Clicks with a mouse button into the middle of an area of the window.
    ///
    /// # Panics
    /// Panics if the X server has gone.
    pub fn click(&self, area: Area, button: u8) {
        let middle = |from: i16, length: u16| from + i16::try_from(length / 2).expect("a screen");
        let (x, y) = (middle(self.place.x + area.x, area.width), middle(self.place.y + area.y, area.height));
        let root = self.connection.setup().roots[0].root;
        let fake = |kind, detail| {
            self.connection.xtest_fake_input(kind, detail, 0, root, x, y, 0).expect("a request");
            self.connection.flush().expect("the X server");
        };
        fake(MOTION_NOTIFY_EVENT, 0);
        fake(BUTTON_PRESS_EVENT, button);
        fake(BUTTON_RELEASE_EVENT, button);
    }

    /// Presses a key without a letter, by its number among the X server's symbols.
    ///
    /// # Panics
    /// Panics if there is no such key.
    pub fn press(&self, symbol: u32) {
        self.press_with(None, symbol);
    }

    /// Presses a key while the keys `held` are held.
    ///
    /// # Panics
    /// Panics if there is no such key.
    pub fn press_with(&self, held: impl IntoIterator<Item = u32>, symbol: u32) {
        let keys = keys(&self.connection);
        let code = |symbol: u32| keys.get(&symbol).unwrap_or_else(|| panic!("no key {symbol:#x}")).0;
        let held: Vec<u8> = held.into_iter().map(code).collect();
        held.iter().for_each(|held| self.moves(KEY_PRESS_EVENT, *held));
        self.stroke(code(symbol));
        held.iter().for_each(|held| self.moves(KEY_RELEASE_EVENT, *held));
        self.connection.flush().expect("the X server");
    }

    /// Types small letters and digits, which go to the window under the mouse.
    ///
    /// # Panics
    /// Panics if there is no key for one of them.
    pub fn types(&self, text: &str) {
        let keys = keys(&self.connection);
        for letter in text.chars() {
            let (code, _) = *keys.get(&u32::from(letter)).unwrap_or_else(|| panic!("no key types {letter:?}"));
            self.stroke(code);
        }
    }

    /// Returns the pixels of an area of the window.
    ///
    /// # Panics
    /// Panics if the X server has gone.
    pub fn pixels(&self, area: Area) -> Vec<u8> {
        let root = self.connection.setup().roots[0].root;
        let (x, y) = (self.place.x + area.x, self.place.y + area.y);
        let image = self.connection.get_image(ImageFormat::Z_PIXMAP, root, x, y, area.width, area.height, !0);
        image.expect("a request").reply().expect("a picture").data
    }

    /// Returns the area of the whole window.
    pub fn whole(&self) -> Area {
        Area { x: 0, y: 0, ..self.place }
    }

    /// Waits until an area looks different, and then until the window is completely painted.
    ///
    /// # Panics
    /// Panics if the area stays as it was.
    pub fn wait_for_change(&self, area: Area, before: &[u8], doing: &str) {
        let deadline = Instant::now() + PATIENCE;
        while self.pixels(area) == before {
            if Instant::now() > deadline {
                let picture = self.keep_picture();
                panic!("the window does not change after {doing}: {}", picture.display());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        self.wait_until_still();
    }

    /// Returns the process of the app.
    pub fn process(&self) -> u32 {
        self.app.id()
    }

    /// Waits until nothing has changed for a while and the app had nothing to do in that time. On a busy machine the
    /// app may wait for a processor before it paints.
    pub fn wait_until_still(&self) {
        let deadline = Instant::now() + PATIENCE;
        let mut last = (Instant::now(), self.pixels(self.whole()));
        while last.0.elapsed() < STILL && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(50));
            let now = self.pixels(self.whole());
            if now != last.1 || has_work(self.app.id()) {
                last = (Instant::now(), now);
            }
        }
    }

    fn stroke(&self, code: u8) {
        for kind in [KEY_PRESS_EVENT, KEY_RELEASE_EVENT] {
            self.moves(kind, code);
        }
        self.connection.flush().expect("the X server");
    }

    fn moves(&self, kind: u8, code: u8) {
        let root = self.connection.setup().roots[0].root;
        self.connection.xtest_fake_input(kind, code, 0, root, 0, 0, 0).expect("a request");
    }

    fn colours(&self) -> usize {
        let pixels = self.pixels(self.whole());
        pixels
            .chunks_exact(4)
            .map(|pixel| [pixel[0], pixel[1], pixel[2]])
            .collect::<std::collections::HashSet<_>>()
            .len()
    }

    /// Saves a picture of the window in a file, in a format that every viewer reads (PPM).
    fn keep_picture(&self) -> PathBuf {
        let pixels = self.pixels(self.whole());
        let mut picture = format!("P6 {} {} 255\n", self.place.width, self.place.height).into_bytes();
        picture.extend(pixels.chunks_exact(4).flat_map(|pixel| [pixel[2], pixel[1], pixel[0]]));
        let directory = workspace().join("target/screens");
        fs::create_dir_all(&directory).expect("target/screens");
        let file = directory.join(format!("native-{}.ppm", self.app.id()));
        fs::write(&file, picture).expect("a file");
        file
    }
}

impl Drop for NativeWindow {
    fn drop(&mut self) {
        // A process that has ended already is as good.
        let _ = self.app.kill();
        let _ = self.app.wait();
    }
}

fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < deadline, "{what} does not come");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// Returns GTK's own list of input modules, in the directory of this processor's kind or in one of the other usual
/// places.
fn gtk_module_list() -> PathBuf {
    let places = ["/usr/lib64".into(), "/usr/lib".into()];
    let multiarch = fs::read_dir("/usr/lib").into_iter().flatten().flatten().map(|entry| entry.path());
    let lists = multiarch.chain(places).map(|place: PathBuf| place.join("gtk-3.0/3.0.0/immodules.cache"));
    lists.into_iter().find(|list| list.exists()).expect("GTK has a list of input modules")
}
