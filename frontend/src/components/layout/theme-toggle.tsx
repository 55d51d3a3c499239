import { Monitor, Moon, Sun } from 'lucide-react';
import { getTranslations } from 'next-intl/server';
import { chooseTheme } from '@/preferences/actions';
import { readTheme, THEMES } from '@/preferences/preferences';

const ICONS = { system: Monitor, light: Sun, dark: Moon } as const;

/** Three submit buttons: the choice is a cookie, so the page arrives in its theme and works without script. */
export async function ThemeToggle() {
  const [current, t] = await Promise.all([readTheme(), getTranslations('theme')]);
  return (
    <form action={chooseTheme}>
      <fieldset className="flex rounded border border-border">
        <legend className="sr-only">{t('label')}</legend>
        {THEMES.map((theme) => {
          const Icon = ICONS[theme];
          return (
            <button
              key={theme}
              type="submit"
              name="theme"
              value={theme}
              aria-pressed={theme === current}
              title={t(theme)}
              className="flex size-8 cursor-pointer items-center justify-center text-muted first:rounded-l last:rounded-r hover:bg-surface aria-pressed:bg-surface aria-pressed:text-text forced:aria-pressed:bg-[Highlight] forced:aria-pressed:text-[HighlightText]"
            >
              <Icon size={16} aria-hidden="true" />
              <span className="sr-only">{t(theme)}</span>
            </button>
          );
        })}
      </fieldset>
    </form>
  );
}
