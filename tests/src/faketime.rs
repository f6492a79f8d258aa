use std::path::Path;

/// The variables under which a program sees the clock of this machine wrong by so much, such as `+90m`. What it measures
/// lengths of time with stays right.
///
/// # Panics
/// Where libfaketime is not installed.
pub fn faketime(offset: &str) -> [(&'static str, String); 3] {
    let library = ["/usr/lib", "/usr/lib64"].into_iter().flat_map(|root| {
        let triplet = format!("{}-linux-gnu", std::env::consts::ARCH);
        [format!("{root}/{triplet}/faketime"), format!("{root}/faketime")]
    });
    let mut libraries = library.map(|directory| format!("{directory}/libfaketime.so.1"));
    let library = libraries.find(|file| Path::new(file).exists()).expect("libfaketime is installed");
    [("LD_PRELOAD", library), ("FAKETIME", offset.to_owned()), ("FAKETIME_DONT_FAKE_MONOTONIC", "1".to_owned())]
}
