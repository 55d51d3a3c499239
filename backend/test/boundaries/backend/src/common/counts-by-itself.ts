// Must fail: one-place-knows-prometheus
import { Counter } from 'prom-client';

export const counter = Counter;
