//! Reads the modules of a crate, and the names that each module uses from the others.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, File, ImplItem, Item, ItemMod, ItemUse, Macro, UseTree, Visibility};

use crate::failure::Failure;
use crate::source;

/// A path from the crate's root, without `crate`.
type Names = Vec<String>;
/// The greatest length of a chain of re-exports. A longer chain is a circle.
const MOST_REEXPORTS: usize = 16;

/// The source of one crate.
#[derive(Debug)]
pub(crate) struct Crate {
    modules: BTreeMap<Names, Module>,
}

/// A module, which is one file.
#[derive(Debug, Default)]
struct Module {
    file: PathBuf,
    /// The names that other modules find in this module, although another module defines them.
    reexports: BTreeMap<String, Names>,
    /// The modules whose names are all re-exported by this module.
    globs: Vec<Names>,
    /// The paths that this file imports under a short name.
    imports: BTreeMap<String, Names>,
    /// The paths that the file's code names.
    named: Vec<Names>,
}

impl Crate {
    /// Reads the files below `folder`, which holds the crate's root.
    ///
    /// # Errors
    /// [`Failure::File`] if a file cannot be read, [`Failure::Answer`] if a file is not Rust.
    pub(crate) fn read(folder: &Path) -> Result<Self, Failure> {
        let files: Vec<PathBuf> = source::files(folder)
            .into_iter()
            .filter(|file| file.extension().is_some_and(|kind| kind == "rs"))
            .collect();
        let place = |file: &Path| module_of(file.strip_prefix(folder).unwrap_or(file));
        let known: BTreeSet<Names> = files.iter().map(|file| place(file)).collect();
        let mut modules: BTreeMap<Names, Module> = BTreeMap::new();
        for path in files {
            let text = std::fs::read_to_string(&path).map_err(Failure::file(&path))?;
            let parsed = syn::parse_file(&text)
                .map_err(|cause| Failure::Answer { from: path.display().to_string(), answer: cause.to_string() })?;
            let here = place(&path);
            let mut reader = Reader::new(here.clone(), &known, path.strip_prefix(folder).unwrap_or(&path));
            reader.visit_file(&parsed);
            // A program and a library of one crate share a root.
            modules.entry(here).and_modify(|module| module.join(&reader.module)).or_insert(reader.module);
        }
        Ok(Self { modules })
    }

    /// Returns which files name items of which other files, and the names.
    pub(crate) fn edges(&self) -> BTreeMap<(PathBuf, PathBuf), Vec<String>> {
        let mut edges: BTreeMap<(PathBuf, PathBuf), BTreeSet<String>> = BTreeMap::new();
        for (here, module) in &self.modules {
            for path in &module.named {
                let Some((target, name)) = self.resolve(path, MOST_REEXPORTS) else { continue };
                if target != *here {
                    let pair = (module.file.clone(), self.modules[&target].file.clone());
                    edges.entry(pair).or_default().insert(name);
                }
            }
        }
        edges.into_iter().map(|(pair, names)| (pair, names.into_iter().collect())).collect()
    }

    /// Returns the module that defines what a path names, and its name in that module; none if the path names a module.
    fn resolve(&self, path: &[String], left: usize) -> Option<(Names, String)> {
        let length = (0..path.len()).rev().find(|length| self.modules.contains_key(&path[..*length]))?;
        if self.modules.contains_key(path) {
            return None;
        }
        let (module, name, rest) = (&self.modules[&path[..length]], &path[length], &path[length + 1..]);
        let onwards = |target: &Names| {
            let further: Names = target.iter().chain(rest).cloned().collect();
            self.resolve(&further, left.checked_sub(1)?)
        };
        if let Some(target) = module.reexports.get(name) {
            return onwards(target);
        }
        let through = module.globs.iter().filter(|glob| self.defines(glob, name));
        through
            .map(|glob| [glob.as_slice(), std::slice::from_ref(name)].concat())
            .find_map(|target| onwards(&target))
            .or_else(|| Some((path[..length].to_vec(), name.clone())))
    }

    /// Returns whether `module`, whose names are re-exported, defines `name`.
    fn defines(&self, module: &[String], name: &str) -> bool {
        self.modules
            .get(module)
            .is_some_and(|module| module.reexports.contains_key(name) || module.imports.contains_key(name))
    }
}

impl Module {
    fn join(&mut self, other: &Self) {
        self.reexports.extend(other.reexports.clone());
        self.imports.extend(other.imports.clone());
        self.globs.extend(other.globs.clone());
        self.named.extend(other.named.clone());
    }
}

/// Returns the module that a file holds: `a/b.rs` and `a/b/mod.rs` hold `a::b`.
fn module_of(file: &Path) -> Names {
    let mut names: Names = file.with_extension("").iter().map(|part| part.to_string_lossy().into_owned()).collect();
    let holds_its_folder = |name: &String| name == "mod" || name == "lib" || name == "main";
    if names.last().is_some_and(holds_its_folder) {
        names.pop();
    }
    names
}

/// Reads the names in a file.
struct Reader<'a> {
    here: Names,
    known: &'a BTreeSet<Names>,
    module: Module,
}

impl<'a> Reader<'a> {
    fn new(here: Names, known: &'a BTreeSet<Names>, file: &Path) -> Self {
        Self { here, known, module: Module { file: file.to_owned(), ..Module::default() } }
    }

    /// Returns the path from the root; none if the path leads out of the crate.
    fn absolute(&self, path: &[String]) -> Option<Names> {
        let (first, rest) = path.split_first()?;
        let mut from = match first.as_str() {
            "crate" => Names::new(),
            "self" => self.here.clone(),
            "super" => self.here.split_last()?.1.to_vec(),
            _ => match self.module.imports.get(first) {
                Some(import) => import.clone(),
                None => {
                    let child = [self.here.as_slice(), std::slice::from_ref(first)].concat();
                    self.known.contains(&child).then_some(child)?
                }
            },
        };
        for name in rest {
            match name.as_str() {
                "super" => drop(from.pop()),
                "self" => {}
                name => from.push(name.to_owned()),
            }
        }
        Some(from)
    }

    fn read_use(&mut self, tree: &UseTree, before: &mut Names, public: bool) {
        match tree {
            UseTree::Path(path) => {
                before.push(path.ident.to_string());
                self.read_use(&path.tree, before, public);
                before.pop();
            }
            UseTree::Group(group) => group.items.iter().for_each(|item| self.read_use(item, before, public)),
            UseTree::Name(name) if name.ident == "self" => {
                let short = before.last().cloned().unwrap_or_default();
                self.import(before.clone(), short, public);
            }
            UseTree::Name(name) => {
                let path = [before.as_slice(), &[name.ident.to_string()]].concat();
                self.import(path, name.ident.to_string(), public);
            }
            UseTree::Rename(rename) => {
                let path = [before.as_slice(), &[rename.ident.to_string()]].concat();
                self.import(path, rename.rename.to_string(), public);
            }
            UseTree::Glob(_) => {
                let Some(path) = self.absolute(before) else { return };
                if public {
                    self.module.globs.push(path);
                } else {
                    self.module.named.push([path.as_slice(), &["*".to_owned()]].concat());
                }
            }
        }
    }

    fn import(&mut self, path: Names, short: String, public: bool) {
        let Some(path) = self.absolute(&path) else { return };
        if public && path.starts_with(&self.here) {
            self.module.reexports.insert(short.clone(), path.clone());
        } else {
            self.module.named.push(path.clone());
            if public {
                self.module.reexports.insert(short.clone(), path.clone());
            }
        }
        self.module.imports.insert(short, path);
    }

    /// Reads the paths among a macro's tokens.
    fn read_tokens(&mut self, tokens: TokenStream) {
        let mut path = Names::new();
        let mut colons = 0;
        for token in tokens {
            match token {
                TokenTree::Ident(name) => {
                    if colons != 2 {
                        self.close(&mut path);
                    }
                    path.push(name.to_string());
                    colons = 0;
                }
                TokenTree::Punct(punct) if punct.as_char() == ':' => colons += 1,
                TokenTree::Group(group) => {
                    self.close(&mut path);
                    self.read_tokens(group.stream());
                }
                _ => {
                    self.close(&mut path);
                    colons = 0;
                }
            }
        }
        self.close(&mut path);
    }

    fn close(&mut self, path: &mut Names) {
        let path = std::mem::take(path);
        if path.len() > 1 {
            self.module.named.extend(self.absolute(&path));
        }
    }
}

impl<'ast> Visit<'ast> for Reader<'_> {
    fn visit_file(&mut self, file: &'ast File) {
        // Short names must be known before the paths that begin with them.
        for item in &file.items {
            if let Item::Use(item) = item
                && !is_for_tests(&item.attrs)
            {
                self.visit_item_use(item);
            }
        }
        for item in file.items.iter().filter(|item| !matches!(item, Item::Use(_))) {
            self.visit_item(item);
        }
    }

    fn visit_item(&mut self, item: &'ast Item) {
        if !attributes(item).is_some_and(is_for_tests) {
            visit::visit_item(self, item);
        }
    }

    fn visit_impl_item(&mut self, item: &'ast ImplItem) {
        if !matches!(item, ImplItem::Fn(function) if is_for_tests(&function.attrs)) {
            visit::visit_impl_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, module: &'ast ItemMod) {
        // `self` and `super` mean other modules in there.
        let Some((_, items)) = &module.content else { return };
        self.here.push(module.ident.to_string());
        items.iter().for_each(|item| self.visit_item(item));
        self.here.pop();
    }

    fn visit_item_use(&mut self, item: &'ast ItemUse) {
        let public = !matches!(item.vis, Visibility::Inherited);
        self.read_use(&item.tree, &mut Names::new(), public);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let names: Names = path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        if names.len() > 1 {
            self.module.named.extend(self.absolute(&names));
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        self.read_tokens(call.tokens.clone());
    }
}

fn attributes(item: &Item) -> Option<&[Attribute]> {
    Some(match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => return None,
    })
}

/// Returns whether an item exists in tests alone.
fn is_for_tests(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| {
        let list = attribute.meta.require_list().ok().filter(|list| list.path.is_ident("cfg"));
        list.is_some_and(|list| {
            let tokens: Vec<String> = list.tokens.clone().into_iter().map(|token| token.to_string()).collect();
            tokens == ["test"]
                || (tokens.first().is_some_and(|first| first == "all") && tokens.concat().contains("test"))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edges(files: &[(&str, &str)]) -> Vec<(String, String)> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        let found = Crate::read(folder.path()).unwrap().edges();
        let shown = |path: &Path| path.to_string_lossy().replace('\\', "/");
        found.keys().map(|(from, to)| (shown(from), shown(to))).collect()
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect()
    }

    #[test]
    fn a_name_leads_through_reexports_to_the_file_that_defines_it() {
        let found = edges(&[
            ("lib.rs", "mod a;\nmod b;\npub use a::A;\npub use b::inner::Deep;\n"),
            ("a.rs", "use crate::Deep;\npub struct A(Deep);\n"),
            ("b.rs", "pub mod inner;\nfn b() { let _ = crate::a::A::new(); }\n"),
            ("b/inner.rs", "pub struct Deep;\n"),
        ]);
        assert_eq!(found, pairs(&[("a.rs", "b/inner.rs"), ("b.rs", "a.rs")]));
    }

    #[test]
    fn modules_short_names_and_macros_are_followed() {
        let found = edges(&[
            ("main.rs", "mod a;\nmod b;\nmod c;\n"),
            ("a.rs", "use crate::b;\nfn f() { b::g(); assert!(super::c::yes(), \"text\"); }\n"),
            ("b.rs", "pub fn g() {}\n"),
            ("c.rs", "use super::b::{self, g as h};\npub fn yes() -> bool { h(); true }\n"),
        ]);
        assert_eq!(found, pairs(&[("a.rs", "b.rs"), ("a.rs", "c.rs"), ("c.rs", "b.rs")]));
    }

    #[test]
    fn tests_and_other_crates_do_not_count() {
        let found = edges(&[
            ("lib.rs", "mod a;\nmod b;\n"),
            ("a.rs", "use std::fmt;\nuse other::b::X;\n#[cfg(test)]\nmod tests { use crate::b::Y; }\n"),
            ("b.rs", "#[cfg(test)]\nuse crate::a::Z;\nfn b() {}\n"),
        ]);
        assert_eq!(found, []);
    }

    #[test]
    fn what_a_child_takes_from_its_parent_counts() {
        let found = edges(&[
            ("lib.rs", "mod a;\n"),
            ("a.rs", "mod child;\npub use child::C;\npub struct A;\nfn a() { child::c(); }\n"),
            ("a/child.rs", "use super::A;\npub struct C(A);\npub fn c() {}\n"),
        ]);
        assert_eq!(found, pairs(&[("a/child.rs", "a.rs"), ("a.rs", "a/child.rs")]));
    }
}
