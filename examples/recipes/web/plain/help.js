const chat = document.getElementById("chat");

// The state may be there before this script is.
const status = document.querySelector("frontdesk-status");
const follow = () => { chat.disabled = status.getAttribute("state") !== "online"; };
status.addEventListener("change", follow);
follow();
