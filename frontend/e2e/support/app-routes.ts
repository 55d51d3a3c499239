import { readdirSync } from 'node:fs';
import path from 'node:path';

/** Every page of the app, as Next reads the tree: `(groups)` vanish, `[parameters]` stay. */
export function appRoutes(directory: string, route = ''): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isFile()) return entry.name === 'page.tsx' ? [route || '/'] : [];
    const isGroup = entry.name.startsWith('(');
    return appRoutes(path.join(directory, entry.name), isGroup ? route : `${route}/${entry.name}`);
  });
}
