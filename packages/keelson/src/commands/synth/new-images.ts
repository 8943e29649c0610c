/** Names of the services whose image an environment asks for now and did not before. */
export function newImages(
  folder: string,
  files: ReadonlyMap<string, string>,
  before: ReadonlyMap<string, string>,
): string[] {
  const known = new Set(imagesIn(folder, before));
  return imagesIn(folder, files).filter((service) => !known.has(service));
}

/** What looks the parameters up, `name = "/shop/dev/api/image"`, in the files of the folder. */
function imagesIn(folder: string, files: ReadonlyMap<string, string>): string[] {
  return [...files]
    .filter(([path]) => path.startsWith(`${folder}/`))
    .flatMap(([, text]) => [...text.matchAll(/^\s*name\s*=\s*"\/[^"/]+\/[^"/]+\/([^"/]+)\/image"$/gm)])
    .map(([, service = '']) => service);
}
