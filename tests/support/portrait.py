# SPDX-License-Identifier: GPL-3.0-or-later
"""Draws people for a camera to see: 1280x720, a few moments of somebody who talks."""

import math

MOMENTS = 30

LOOKS = {
    "ada": {
        "wall": ("#f9f06b", "#ffbe6f"),
        "shirt": "#613583",
        "collar": "#9141ac",
        "skin": "#e8b796",
        "shade": "#d49a78",
        "hair": "#3d2b1f",
        "back": '<path d="M500 330C480 120 800 120 780 330L800 520C760 560 520 560 480 520Z" {hair}/>',
        "front": '<path d="M526 300C526 150 754 150 754 300C720 270 700 240 640 225C600 250 560 265 530 300Z" {hair}/>',
        "room": (
            '<rect x="110" y="110" width="220" height="160" rx="8" fill="#ffffff" opacity=".8"/>'
            '<path d="M110 230l70-60 50 40 40-30 60 60v22a8 8 0 0 1-8 8H118a8 8 0 0 1-8-8z" fill="#57e389"/>'
            '<circle cx="280" cy="150" r="18" fill="#f6d32d"/>'
            '<path d="M1010 160l-50 110h200l-50-110z" fill="#ffffff" opacity=".85"/>'
            '<rect x="1053" y="270" width="14" height="330" fill="#865e3c"/>'
        ),
    },
    "grace": {
        "wall": ("#99c1f1", "#62a0ea"),
        "shirt": "#26a269",
        "collar": "#2ec27e",
        "skin": "#8d5a3b",
        "shade": "#74482e",
        "hair": "#1e1a1d",
        "back": '<circle cx="640" cy="270" r="168" {hair}/>',
        "front": '<path d="M526 300C520 145 760 145 754 300C735 245 690 222 640 222C590 222 545 245 528 300Z" {hair}/>',
        "room": (
            '<rect x="100" y="150" width="260" height="14" fill="#865e3c"/>'
            '<rect x="120" y="70" width="34" height="80" fill="#ed333b"/>'
            '<rect x="158" y="84" width="28" height="66" fill="#f8e45c"/>'
            '<rect x="190" y="62" width="40" height="88" fill="#1a5fb4"/>'
            '<path d="M258 150l22-78 26 7-20 71z" fill="#9141ac"/>'
            '<path d="M1040 600h140l-16-120h-108z" fill="#c64600"/>'
            '<path d="M1110 490C1040 420 1010 340 1020 270C1080 310 1110 380 1110 490ZM1110 490C1180 420 '
            '1210 340 1200 270C1140 310 1110 380 1110 490ZM1110 490C1080 400 1080 300 1110 220C1140 300 '
            '1140 400 1110 490Z" fill="#26a269"/>'
        ),
    },
}


def draw(name, moment):
    """The person at one of MOMENTS moments, as SVG."""
    look = LOOKS[name]
    turn = 2 * math.pi * moment / MOMENTS
    lean = 3 * math.sin(turn)
    glance = 5 * math.sin(turn)
    mouth = 8 + 7 * (1 + math.sin(3 * turn))
    lid = 2 if moment in (11, 12) else 13
    hair = f'fill="{look["hair"]}"'
    eyes = "".join(
        f'<ellipse cx="{x}" cy="318" rx="13" ry="{lid}" fill="#ffffff"/>'
        f'<ellipse cx="{x + glance:.1f}" cy="318" rx="8" ry="{min(lid, 8)}" fill="#241f31"/>'
        f'<path d="M{x - 20} 290q20-14 40 0" fill="none" stroke="{look["hair"]}" stroke-width="7" '
        'stroke-linecap="round"/>'
        for x in (595, 685)
    )
    return f"""<svg xmlns="http://www.w3.org/2000/svg" width="1280" height="720" viewBox="0 0 1280 720">
<defs><linearGradient id="wall" x2="0" y2="1"><stop stop-color="{look["wall"][0]}"/>
<stop offset="1" stop-color="{look["wall"][1]}"/></linearGradient></defs>
<rect width="1280" height="720" fill="url(#wall)"/>
{look["room"]}
<g transform="rotate({lean / 3:.2f} 640 720)">
<g transform="rotate({lean:.2f} 640 470)">{look["back"].format(hair=hair)}</g>
<path d="M330 800C350 590 440 550 560 530L720 530C840 550 930 590 950 800Z" fill="{look["shirt"]}"/>
<path d="M585 420h110v110a55 45 0 0 1-110 0z" fill="{look["shade"]}"/>
<path d="M560 530q80 110 160 0l20 12q-100 140-200 0z" fill="{look["collar"]}"/>
<g transform="rotate({lean:.2f} 640 470)">
<circle cx="528" cy="335" r="24" fill="{look["shade"]}"/>
<circle cx="752" cy="335" r="24" fill="{look["shade"]}"/>
<path d="M528 300C528 160 752 160 752 300C752 400 710 470 640 470C570 470 528 400 528 300Z"
 fill="{look["skin"]}"/>
{look["front"].format(hair=hair)}
{eyes}
<path d="M640 325l-12 48q12 10 24 0" fill="none" stroke="{look["shade"]}" stroke-width="6"
 stroke-linecap="round" stroke-linejoin="round"/>
<path d="M598 402q42 {mouth + 14:.1f} 84 0q-42 {mouth * 3:.1f} -84 0z" fill="#a51d2d"/>
<path d="M604 404q36 12 72 0l-6 8q-30 8-60 0z" fill="#ffffff"/>
</g></g></svg>
"""
