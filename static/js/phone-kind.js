// What a page must know of the phone where browsers of one maker go ways of their own.

// An iPad says that it is a Mac; no Mac has a screen to touch.
export const isApplePhone = () =>
  /iPhone|iPad|iPod/.test(navigator.userAgent) || (/Mac/.test(navigator.platform) && navigator.maxTouchPoints > 1);

export const isOnHomeScreen = () => matchMedia("(display-mode: standalone)").matches || navigator.standalone === true;
