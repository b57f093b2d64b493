// Chooses the part of a photograph that the cards show: a round window that is moved by mouse, finger and
// keys. The server cuts; the picture itself goes to it as it is.
"use strict";
(() => {
  const button = document.getElementById("add-photo");
  const dialog = document.getElementById("photo");
  if (!button || !dialog) return;
  const $ = (id) => document.getElementById("photo-" + id);
  const [choose, crop, canvas, view, size, place, alt, credit, consent] = ["file", "crop", "canvas", "window", "size", "place", "alt", "credit", "consent"].map($);
  const sorry = dialog.querySelector(".sorry");
  const { ask } = window.nwioiEdit;

  let picture = null; // its width and height
  let part = { x: 0, y: 0, side: 1 }; // x and y of the width and height, side of the shorter side

  button.addEventListener("click", () => {
    complain("");
    dialog.showModal();
    choose.focus();
  });
  $("cancel").addEventListener("click", () => dialog.close());

  function complain(sentence) {
    sorry.textContent = sentence;
    sorry.hidden = !sentence;
  }

  choose.addEventListener("change", async () => {
    complain("");
    crop.hidden = true;
    picture = null;
    const file = choose.files[0];
    if (!file) return;
    try {
      // The browser turns the picture upright, as the server does.
      const bitmap = await createImageBitmap(file, { imageOrientation: "from-image", resizeWidth: 1200, resizeQuality: "medium" });
      picture = { width: bitmap.width, height: bitmap.height };
      canvas.width = bitmap.width;
      canvas.height = bitmap.height;
      canvas.getContext("2d").drawImage(bitmap, 0, 0);
      bitmap.close();
    } catch {
      complain("This is not a picture that can be shown. Choose a photograph that was saved as JPEG, PNG or WebP.");
      return;
    }
    crop.hidden = false;
    size.value = "100";
    resize(1);
    // A face is rather in the upper half.
    part.x = Math.max(0, (1 - sides().width) / 2);
    part.y = Math.max(0, (1 - sides().height) / 3);
    draw();
  });

  const shorter = () => Math.min(picture.width, picture.height);
  // How much of the width and of the height the window takes.
  const sides = () => ({ width: (part.side * shorter()) / picture.width, height: (part.side * shorter()) / picture.height });

  function resize(side) {
    const before = picture && sides();
    part.side = Math.min(1, Math.max(0.2, side));
    const after = sides();
    part.x += (before.width - after.width) / 2;
    part.y += (before.height - after.height) / 2;
    size.value = String(Math.round(part.side * 100));
    moveTo(part.x, part.y);
  }

  function moveTo(x, y) {
    const { width, height } = sides();
    part.x = Math.min(1 - width, Math.max(0, x));
    part.y = Math.min(1 - height, Math.max(0, y));
    draw();
  }

  function draw() {
    const { width, height } = sides();
    const shown = canvas.getBoundingClientRect();
    view.style.left = part.x * shown.width + "px";
    view.style.top = part.y * shown.height + "px";
    view.style.width = width * shown.width + "px";
    view.style.height = height * shown.height + "px";
    const percent = (n) => Math.round(n * 100) + "%";
    place.textContent = `The window takes ${percent(part.side)} of the shorter side, ${percent(part.x)} from the left and ${percent(part.y)} from the top.`;
  }
  window.addEventListener("resize", () => picture && dialog.open && draw());

  size.addEventListener("input", () => resize(Number(size.value) / 100));
  view.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    view.focus();
    view.setPointerCapture(event.pointerId);
    const shown = canvas.getBoundingClientRect();
    const begin = { x: event.clientX, y: event.clientY, left: part.x, top: part.y };
    view.onpointermove = (now) => moveTo(begin.left + (now.clientX - begin.x) / shown.width, begin.top + (now.clientY - begin.y) / shown.height);
    view.onpointerup = view.onpointercancel = () => (view.onpointermove = null);
  });
  view.addEventListener("wheel", (event) => {
    event.preventDefault();
    resize(part.side * (event.deltaY < 0 ? 0.95 : 1.05));
  }, { passive: false });
  view.addEventListener("keydown", (event) => {
    const step = event.shiftKey ? 0.1 : 0.01;
    const keys = {
      ArrowLeft: () => moveTo(part.x - step, part.y),
      ArrowRight: () => moveTo(part.x + step, part.y),
      ArrowUp: () => moveTo(part.x, part.y - step),
      ArrowDown: () => moveTo(part.x, part.y + step),
      "+": () => resize(part.side + 0.02),
      "=": () => resize(part.side + 0.02),
      "-": () => resize(part.side - 0.02),
    };
    if (keys[event.key]) {
      event.preventDefault();
      keys[event.key]();
    }
  });

  $("save").addEventListener("click", () => store(false));

  async function store(replace) {
    if (!picture) return complain("Choose a picture first.");
    if (!alt.value.trim()) {
      alt.focus();
      return complain("Describe what the picture shows, for those who do not see it.");
    }
    if (!consent.checked) {
      consent.focus();
      return complain("The person has to agree that this picture is shown.");
    }
    complain("");
    const about = {
      file: document.body.dataset.file, base: window.nwioiEdit.base, x: part.x, y: part.y, side: part.side,
      alt: alt.value.trim(), credit: credit.value.trim(), consent: true, replace,
    };
    const body = new FormData();
    body.append("about", JSON.stringify(about));
    body.append("picture", choose.files[0]);
    try {
      const answer = await ask("photo", body);
      if (answer.replace) {
        if (confirm("There is a photograph of this person already. Put the new one in its place?")) store(true);
        return;
      }
      dialog.close();
      window.nwioiEdit.photoSaved(answer, { file: answer.file, alt: about.alt, credit: about.credit, consent: answer.consent });
    } catch (error) {
      complain(error.message);
    }
  }
})();
