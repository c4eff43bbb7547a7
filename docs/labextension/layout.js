// What JupyterLab shows when a lesson is opened for the first time: its table of contents on the
// left, and the course map in a tab behind it. Settings cannot say this. A workspace could, but it
// is a file among those of the user. A layout that somebody has made is left as it is.
//
// JupyterLab loads this file as it stands, with nothing to build: it asks the object at the end
// for the extension, in the form of a webpack container.

const LESSON = /^(.*?notebooks\/)(?:[1-4]-[^/]+\/)?\d\d-[^/]+\.ipynb$/;

function openedPath() {
  const page = document.getElementById("jupyter-config-data");
  return (page && JSON.parse(page.textContent).treePath) || "";
}

function whenOpen(shell, path, then) {
  const look = () => {
    if (shell.currentWidget?.context?.path === path) {
      shell.currentChanged.disconnect(look);
      then();
    }
  };
  shell.currentChanged.connect(look);
  look();
}

async function arrange(app, path) {
  // The list of files opens by itself: the contents must come after it.
  for (const id of ["filebrowser-extension:browser", "toc-extension:tracker"]) {
    await app.activatePlugin(`@jupyterlab/${id}`);
  }
  await app.shell.restored;
  await app.commands.execute("toc:show-panel");
  whenOpen(app.shell, path, () =>
    app.commands.execute("docmanager:open", {
      path: path.match(LESSON)[1] + "course-map.md",
      factory: "Markdown Preview",
      options: { activate: false, mode: "tab-after" },
    })
  );
}

const plugin = {
  id: "trotsky-in-data:layout",
  autoStart: true,
  // It must not wait here for what is restored only after all extensions are active.
  activate(app) {
    const path = openedPath();
    if (!LESSON.test(path)) return;
    app.shell.restored?.then((layout) => {
      if (layout?.fresh) arrange(app, path);
    });
  },
};

window._JUPYTERLAB = window._JUPYTERLAB || {};
window._JUPYTERLAB["trotsky-in-data"] = {
  init() {},
  get: async () => () => ({ __esModule: true, default: plugin }),
};
