use std::fs::{self, File};
use std::path::PathBuf;

use tempfile::TempDir;

use crate::run;

/// Fails each write into a file with ENOSPC while the file that `FULL_DISK` names exists.
const SOURCE: &str = r#"
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int is_full(int file) {
    struct stat status;
    const char *full = getenv("FULL_DISK");
    return full && access(full, F_OK) == 0 && fstat(file, &status) == 0 && S_ISREG(status.st_mode);
}

#define FILLING(result, name, parameters, arguments)                      \
    result name parameters {                                              \
        static result (*real) parameters;                                 \
        if (is_full(file)) { errno = ENOSPC; return -1; }                 \
        if (!real) real = (result (*) parameters)dlsym(RTLD_NEXT, #name); \
        return real arguments;                                            \
    }

FILLING(ssize_t, write, (int file, const void *bytes, size_t count), (file, bytes, count))
FILLING(ssize_t, pwrite, (int file, const void *bytes, size_t count, off_t at), (file, bytes, count, at))
FILLING(ssize_t, pwrite64, (int file, const void *bytes, size_t count, off64_t at), (file, bytes, count, at))
FILLING(int, ftruncate, (int file, off_t length), (file, length))
FILLING(int, ftruncate64, (int file, off64_t length), (file, length))
FILLING(int, posix_fallocate, (int file, off_t at, off_t length), (file, at, length))
"#;

/// A disk that is full when a test says so, for one program: a library stands between the program and the system.
#[derive(Debug)]
pub struct FillingDisk {
    directory: TempDir,
}

impl FillingDisk {
    /// Makes a disk with room.
    ///
    /// # Panics
    /// Panics if there is no C compiler.
    pub fn new() -> Self {
        let directory = TempDir::new().expect("a temporary directory");
        let source = directory.path().join("disk.c");
        fs::write(&source, SOURCE).expect("the source is written");
        let library = directory.path().join("disk.so");
        let [source, library] = [source, library].map(|path| path.display().to_string());
        let built = run("cc", ["-shared", "-fPIC", "-O1", "-o", &library, &source, "-ldl"]);
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        Self { directory }
    }

    /// Returns the variables of a program whose files are on the disk.
    pub fn variables(&self) -> Vec<(&'static str, String)> {
        let path = |path: PathBuf| path.display().to_string();
        vec![("LD_PRELOAD", path(self.directory.path().join("disk.so"))), ("FULL_DISK", path(self.full()))]
    }

    /// Leaves no room.
    ///
    /// # Panics
    /// Panics if the file system refuses.
    pub fn fill(&self) {
        File::create(self.full()).expect("a file");
    }

    /// Makes room again.
    ///
    /// # Panics
    /// Panics if the disk was not full.
    pub fn make_room(&self) {
        fs::remove_file(self.full()).expect("a full disk");
    }

    fn full(&self) -> PathBuf {
        self.directory.path().join("full")
    }
}

impl Default for FillingDisk {
    fn default() -> Self {
        Self::new()
    }
}
