/* Shows alerts that are pushed to this browser while no page is open. What it may say was decided by the server. */
self.addEventListener('push', (event) => {
  const message = event.data ? event.data.json() : {};
  event.waitUntil(
    self.registration.showNotification(message.title ?? 'GlucoLens', {
      body: message.text ?? '',
      // What is said later of the same alert takes the place of what was said before, and is heard again.
      tag: message.alertId ?? message.id,
      renotify: true,
      requireInteraction: message.severity === 'urgent',
      icon: '/icon.svg',
      data: { url: message.url },
    }),
  );
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const { url } = event.notification.data ?? {};
  // Nowhere but to this site, whatever was sent.
  const target = new URL(url ?? '/alerts', self.location.origin);
  const address = target.origin === self.location.origin ? target.href : `${self.location.origin}/alerts`;
  event.waitUntil(
    self.clients.matchAll({ type: 'window' }).then((open) => {
      const page = open[0];
      return page ? page.navigate(address).then((shown) => shown?.focus()) : self.clients.openWindow(address);
    }),
  );
});
