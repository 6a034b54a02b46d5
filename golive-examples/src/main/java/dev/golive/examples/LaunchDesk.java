package dev.golive.examples;

import dev.golive.Action;
import dev.golive.Channel;

/**
 * What a launch reaches through services of the team that golive has no module for: where people are told, and what is
 * switched by hand elsewhere.
 *
 * @param room the team's room, where alerts arrive too
 * @param onCall who is called when something waits
 * @param outside where a sign of life goes, and somebody else notices when it stops
 * @param world where users and the press read
 * @param closeMaintenance ends the maintenance of the monitors
 * @param openIncident tells on the status page that something is wrong
 * @param admitEverybody takes the restriction to invited users away
 * @param inviteOnly puts it back
 */
record LaunchDesk(
        Channel room,
        Channel onCall,
        Channel outside,
        Channel world,
        Action closeMaintenance,
        Action openIncident,
        Action admitEverybody,
        Action inviteOnly) {}
