// Must fail: no-cycles
import { two } from './cycle-two.js';

export const one = () => two;
