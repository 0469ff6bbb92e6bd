/** Addresses below the settings: `/settings/map`. The router tells that the address has changed; which of them it is, only these screens ask. */

import { Settings as SettingsScreen } from '../home/settings.tsx';
import { useTools } from '../tools.ts';
import { NeighbourhoodMap } from './neighbourhood-map.tsx';

export function Settings() {
  useTools().router.route.value;
  return location.pathname === '/settings/map' ? <NeighbourhoodMap /> : <SettingsScreen />;
}
