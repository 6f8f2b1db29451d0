import { NOTIFICATION_CHANNELS, NOTIFICATION_KINDS } from './member-notifications.types';
import { channelsFor, keepsSecurityNotices, settingsAfter } from './notification-settings.policy';

const off = (kind: 'PAYMENT' | 'SECURITY', channel: 'SMS' | 'EMAIL') => ({ kind, channel, enabled: false });

it('has everything on until it is chosen otherwise, and the last choice counts', () => {
  expect(Object.values(settingsAfter([])).flatMap((channels) => Object.values(channels))).toEqual(
    Array(NOTIFICATION_KINDS.length * NOTIFICATION_CHANNELS.length).fill(true),
  );
  const settings = settingsAfter([
    off('PAYMENT', 'SMS'),
    off('PAYMENT', 'EMAIL'),
    { kind: 'PAYMENT', channel: 'EMAIL', enabled: true },
  ]);
  expect(settings.PAYMENT).toEqual({ SMS: false, EMAIL: true, PUSH: true });
  expect(settings.SETTLEMENT.SMS).toBe(true);
});

it('tells by the channels that are on and have an address', () => {
  const settings = settingsAfter([off('PAYMENT', 'SMS')]);
  expect(channelsFor('PAYMENT', settings, ['SMS', 'EMAIL'])).toEqual(['EMAIL']);
  expect(channelsFor('PAYMENT', settings, ['SMS'])).toEqual([]);
  expect(channelsFor('SETTLEMENT', settings, ['SMS', 'EMAIL'])).toEqual(['SMS', 'EMAIL']);
});

it('does not let security notices go unheard', () => {
  const onlyEmail = settingsAfter([off('SECURITY', 'SMS')]);
  expect([keepsSecurityNotices(settingsAfter([])), keepsSecurityNotices(onlyEmail)]).toEqual([true, true]);
  expect(keepsSecurityNotices(settingsAfter([off('SECURITY', 'SMS'), off('SECURITY', 'EMAIL')]))).toBe(false);
  expect(channelsFor('SECURITY', onlyEmail, ['SMS', 'EMAIL'])).toEqual(['EMAIL']);
  expect(channelsFor('SECURITY', onlyEmail, ['SMS'])).toEqual(['SMS']);
});
