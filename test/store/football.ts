/** A pack of another field than the one that comes with the product. */
export const football = `name: football
title: Football
entities:
  - { name: borussia dortmund, kind: club, also: [bvb, the yellow wall] }
  - { name: bayern munich, kind: club, also: [fc bayern, fcb, '#miasanmia'] }
  - { name: liverpool, kind: club, also: [lfc, the reds, '#ynwa'] }
  - { name: erling haaland, kind: person, also: [haaland] }
jargon:
  clean sheet: a match without a goal conceded
  worldie: a goal of rare beauty
sentiment:
  worldie: 0.8
  relegated: -0.8
  clean sheet: 0.5
spam: [free betting tips]
stop: [match, goal, '#football']
`;
