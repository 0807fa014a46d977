// The offline page stands in for the address that was asked for. At its own address there is nothing to try again.
export default function start(place) {
  if (location.pathname === "/offline") place.hidden = true;
}
